import { basename } from "node:path";
import { deployedFiles } from "../../environments/deployed";
import type { DeployedFile } from "../../environments/deployed";
import { checkedFiles, environmentFiles } from "../../environments/load";
import type { DeployedCity } from "../../environments/model/city";
import { readSource } from "../../environments/reading/source";
import type { Source } from "../../environments/reading/source";
import { fileOf, labOverlay } from "../named-city";
import { asOfCommit, changedBeside, checkOut } from "./base";
import { inTemporaryFolder } from "../../runtime/temporary-folder";

/** A city now, and at a commit. */
export interface BothVersions {
  /** Its file now. */
  readonly wanted: DeployedFile;
  /** The city at the commit; undefined where that does not have it. */
  readonly base: DeployedCity | undefined;
}

/**
 * Reads a city now and at a commit of its repository. Where nothing but cities' files was changed since, other cities whose files
 * are the same are read once, without their assignments, and only rules between cities are asked of them: with a hundred
 * cities nearly all of the time would go there. What a city takes of others, for those that it hosts, is never in assignments.
 * @param environments folder of the cities' files
 * @param commit any revision that git accepts
 * @throws EnvironmentError where a file is wrong, and InputError where no file declares the city, where there is no such commit, or
 * its files break today's rules
 */
export function bothVersions(commit: string, environments: string, id: string): BothVersions {
  return inTemporaryFolder("postazioni-base-", (folder) => {
    const same = checkOut(commit, environments, folder);
    const kept = changedBeside(commit, environments) === undefined ? same : new Set<string>();
    const now = new Sources(id, (path) => kept.has(basename(path)));
    const wanted = fileOf(now.checked(environments), id, environments);
    const then = asOfCommit(commit, () => now.checked(folder));
    return { wanted, base: then.find(({ declared }) => declared.city.id === id)?.deployed };
  });
}

/** Sources of two folders, of which what is the same is read once. */
class Sources {
  private readonly read = new Map<string, Source>();

  /** @param isSame whether a file is the same in both folders, by its path in one of them */
  public constructor(
    private readonly id: string,
    private readonly isSame: (path: string) => boolean,
  ) {}

  /** Every city of a folder. */
  public checked(folder: string): DeployedFile[] {
    const sources = environmentFiles(folder).map((file) => this.of(file));
    return deployedFiles(
      checkedFiles(sources, (source) => this.isKept(source)),
      labOverlay(),
    );
  }

  private of(file: string): Source {
    const known = this.read.get(basename(file));
    if (known !== undefined) return known;
    const short = readSource(file, undefined, this.isSame);
    const source = short.city?.city.id === this.id ? readSource(file) : short;
    if (this.isKept(source)) this.read.set(basename(file), source);
    return source;
  }

  /** Whether a city, but the one that is asked for, is the same in both folders. */
  private isKept({ file, assignments, answerFiles, city }: Source): boolean {
    const files = [file, ...(assignments ? [assignments.file] : []), ...answerFiles.map((answers) => answers.file)];
    return city?.city.id !== this.id && files.every(this.isSame);
  }
}
