import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { Soap } from "../../vcenter/soap";
import { selfSigned } from "../fixtures/self-signed";

const folder = mkdtempSync(join(tmpdir(), "soap-"));
const asked: string[] = [];
/** How many connections are still to be ended in place of an answer. */
let cuts = 0;
let ca: string;
let server: Server;
let soap: Soap;

beforeAll(async () => {
  const { key, certificate } = selfSigned(folder);
  ca = readFileSync(certificate, "utf8");
  server = createServer({ key: readFileSync(key), cert: ca }, (request, response) => {
    void text(request).then((body) => {
      const method = /<soapenv:Body><(\w+)/.exec(body)?.[1] ?? "";
      asked.push(method);
      cuts -= 1;
      if (cuts >= 0) request.socket.destroy();
      else response.end(`<Envelope><Body><${method}Response/></Body></Envelope>`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  soap = new Soap({ server: `localhost:${String(port)}`, ca, connections: 1 });
});

afterEach(() => {
  asked.length = 0;
});

afterAll(() => {
  soap.close();
  server.close();
  rmSync(folder, { recursive: true });
});

test.each([0, 1, 2])("a call that reads is answered although %d connections end before an answer", async (ended) => {
  cuts = ended;
  await soap.call("RetrievePropertiesEx", "PropertyCollector", "propertyCollector");
  expect(asked).toEqual(Array.from({ length: ended + 1 }, () => "RetrievePropertiesEx"));
});

test("a server that ends every connection is told as not reached", async () => {
  cuts = 9;
  await expect(soap.call("FindByInventoryPath", "SearchIndex", "SearchIndex")).rejects.toThrow(
    /^FindByInventoryPath: localhost:\d+ was not reached: socket hang up$/,
  );
  expect(asked).toHaveLength(3);
});

test.each(["PowerOnVM_Task", "ReconfigVM_Task", "ContinueRetrievePropertiesEx", "Login"])(
  "%s is sent once, as what became of it is not known",
  async (method) => {
    cuts = 1;
    await expect(soap.call(method, "VirtualMachine", "vm-1")).rejects.toThrow("socket hang up");
    expect(asked).toEqual([method]);
  },
);
