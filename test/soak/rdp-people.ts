import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LAB_DIRECTORY } from "../../lab/paths";
import type { ActiveDirectory } from "../fixtures/active-directory";
import { endOf, startCommand } from "../fixtures/command";
import { eventually } from "../network/access-lab";
import type { AccessLab } from "../network/access-lab";
import { RdpPerson } from "./rdp-person";
import type { RdpSeat } from "./rdp-seat";

const SCREEN_PIXELS = 800 * 600;
/** Pictures of people's screens, of the last run. */
const PICTURES = join(LAB_DIRECTORY, "screens");
/** What people connect to, at the access machines' address. */
const HOSTS = "127.0.0.1 localhost\n10.66.2.4 postazioni.porto.example\n";

/** The people of a directory at computers of Porto's offices, with FreeRDP. */
export class RdpPeople {
  private constructor(
    private readonly lab: AccessLab,
    private readonly passwords: ReadonlyMap<string, string>,
    private readonly people: ReadonlyMap<string, RdpPerson>,
  ) {}

  public static async start(lab: AccessLab, directory: ActiveDirectory, logins: readonly string[]): Promise<RdpPeople> {
    mkdirSync(PICTURES, { recursive: true });
    const [passwords, people] = [new Map<string, string>(), new Map<string, RdpPerson>()];
    for (const [number, login] of logins.entries()) {
      passwords.set(login, await directory.addUser(login));
      people.set(login, await RdpPerson.start(lab, login, number, HOSTS));
    }
    return new RdpPeople(lab, passwords, people);
  }

  /** Gives them their connection files by the command. @param floating logins of the people of the pool `remoto` */
  public async getFiles(environments: string, floating: readonly string[]): Promise<void> {
    const list = join(this.lab.folder, "logins.txt");
    writeFileSync(list, floating.map((login) => `${login}\n`).join(""));
    const options = ["--environments", environments, "--out", join(this.lab.folder, "files")];
    const people = ["--people", `remoto=${list}`];
    const { code, err } = await endOf(startCommand(["report", "access-points", "porto", ...options, ...people]));
    if (code !== 0) throw new Error(`report access-points: ${err}`);
  }

  public at(login: string): RdpPerson {
    const found = this.people.get(login);
    if (found === undefined) throw new Error(`nobody is ${login}`);
    return found;
  }

  /** Somebody opens a connection file, such as `PO900001` or `remoto/PO900101`. */
  public async opens(login: string, file: string): Promise<void> {
    await this.at(login).opens(`/mnt/files/${file}.rdp`, this.passwords.get(login) ?? "");
  }

  /** Waits until somebody's screen shows his desktop on a seat: that has a window with both names, and his screen its colour. */
  public async works(login: string, seat: RdpSeat): Promise<void> {
    let said = "";
    await eventually(
      async () => (await seat.windows()).includes(`${login} at ${seat.seat}`),
      () => said,
    ).catch(async (error: unknown) => {
      said = `${await this.at(login).said()}\n${await seat.log()}`;
      throw new Error(`${login} does not work at ${seat.seat}: ${said}`, { cause: error });
    });
    await this.seesDesktop(login);
  }

  /** Waits until most of somebody's screen is his desktop. @returns how many pixels that are */
  public async seesDesktop(login: string): Promise<number> {
    const colour = `#${createHash("sha256").update(login).digest("hex").slice(0, 6)}`;
    let seen = { colour: "", pixels: 0 };
    await eventually(
      async () => {
        seen = await this.at(login).sees();
        return seen.colour === colour && seen.pixels > SCREEN_PIXELS / 2;
      },
      () => `${login} should see ${colour}: ${JSON.stringify(seen)}`,
    );
    this.keepPicture(login, login);
    return seen.pixels;
  }

  /** Keeps the last picture of somebody's screen for whoever looks at it after the run. */
  public keepPicture(login: string, name: string): void {
    copyFileSync(join(this.lab.folder, `${login}.png`), join(PICTURES, `${name}.png`));
  }
}
