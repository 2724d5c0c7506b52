import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The kernel of Debian's cloud images, which has fewer modules than the usual one. */
const KERNEL = "linux-image-cloud-amd64";
/** A busy machine emulates slowly. */
const MOST_MS = 10 * 60_000;
const MEMORY_MIB = 2048;
/** Every CPU has a random source in it, or Python would wait for one; nothing else of it is asked for. */
const QEMU = ["-accel", "tcg", "-cpu", "max", "-m", String(MEMORY_MIB), "-nographic", "-no-reboot"];
const APPEND = "console=ttyS0 quiet panic=-1 random.trust_cpu=on";

/** Whether Debian's packages can be had, and the kernel of one run here. */
export const IS_DEBIAN = process.arch === "x64" && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));

/** What an emulated machine has beside busybox. */
export interface EmulatedMachineProps {
  /** Modules that it loads, in this order, by their paths in the kernel's folder, without the ending. */
  readonly modules: readonly string[];
  /** Programs of this machine, with their libraries; the first is python3 with these modules of it. */
  readonly programs: readonly string[];
  readonly python: readonly string[];
  /** More files, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines of busybox's shell, run as the first process. */
  readonly commands: readonly string[];
}

/** A machine with Debian's own kernel, emulated by QEMU without disk and network: what a kernel's first namespace alone can set. */
export class EmulatedMachine {
  /** @param folder in which everything is made, and kept: an empty one */
  public constructor(private readonly folder: string) {
    const name = /Depends: (linux-image-\S+)/.exec(
      execFileSync("apt-cache", ["depends", KERNEL], { encoding: "utf8" }),
    );
    execFileSync("apt-get", ["download", "-q", name?.[1] ?? KERNEL], { cwd: folder, stdio: "ignore" });
    const [archive = ""] = readdirSync(folder).filter((file) => file.endsWith(".deb"));
    execFileSync("dpkg-deb", ["--extract", archive, "debian"], { cwd: folder });
  }

  /** Boots once, until the commands end. @returns what it printed on its console */
  public boot(machine: EmulatedMachineProps): string {
    const root = join(this.folder, `root${String(readdirSync(this.folder).length)}`);
    this.fill(root, machine);
    const pack = `cd "$0" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1 >"$0.gz"`;
    execFileSync("sh", ["-ec", pack, root]);
    const boot = ["-kernel", this.only("debian/boot", "vmlinuz-"), "-initrd", `${root}.gz`, "-append", APPEND];
    const { stdout, error } = spawnSync("qemu-system-x86_64", [...QEMU, ...boot], {
      encoding: "utf8",
      timeout: MOST_MS,
    });
    if (error !== undefined) throw error;
    return stdout;
  }

  private fill(root: string, { modules, programs, python, files, commands }: EmulatedMachineProps): void {
    for (const empty of ["proc", "sys", "dev", "run"]) mkdirSync(join(root, empty), { recursive: true });
    for (const program of [programOf("busybox"), ...programs]) withLibraries(root, program);
    for (const file of pythonFiles(python)) withLibraries(root, file);
    const kernel = this.only("debian/lib/modules", "");
    for (const module of modules)
      copyTo(join(kernel, "kernel", `${module}.ko`), join(root, "modules", `${basename(module)}.ko`));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
    const load = modules.map((module) => `insmod /modules/${basename(module)}.ko`);
    writeFileSync(join(root, "init"), [...start(), ...load, ...commands, "poweroff -f", ""].join("\n"), {
      mode: 0o755,
    });
  }

  private only(folder: string, prefix: string): string {
    const [found = ""] = readdirSync(join(this.folder, folder)).filter((name) => name.startsWith(prefix));
    return join(this.folder, folder, found);
  }
}

/** The path of a program on this machine. */
export function programOf(name: string): string {
  return realpathSync(
    execFileSync("sh", ["-c", `PATH=$PATH:/usr/sbin:/sbin command -v ${name}`], { encoding: "utf8" }).trim(),
  );
}

/** The path of Python itself, of which `python3` may be a script. */
export const PYTHON = execFileSync("python3", ["-c", "import os, sys; print(os.path.realpath(sys.executable))"], {
  encoding: "utf8",
}).trim();

function start(): string[] {
  const busybox = programOf("busybox");
  return [
    `#!${busybox} sh`,
    `${busybox} mkdir /bin /sbin; ${busybox} --install -s /bin; PATH=/bin`,
    "mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t tmpfs run /run; mount -t devtmpfs dev /dev",
  ];
}

/** The files of the modules that a program of Python loads. */
function pythonFiles(modules: readonly string[]): string[] {
  const list = `import ${modules.join(", ")}, sys; print("\\n".join(m.__file__ for m in sys.modules.values() if getattr(m, "__file__", None)))`;
  return execFileSync(PYTHON, ["-I", "-S", "-c", list], { encoding: "utf8" }).trim().split("\n");
}

function withLibraries(root: string, file: string): void {
  const { stdout } = spawnSync("ldd", [file], { encoding: "utf8" });
  for (const path of [file, ...(stdout.match(/\/\S+/g) ?? [])]) copyTo(path, join(root, path));
}

function copyTo(from: string, to: string): void {
  if (!existsSync(from) || existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
