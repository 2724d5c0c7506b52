const { join, sep } = require("node:path");
const { default: Runtime } = require("jest-runtime");

/** Never torn down: its modules are those of every test file. */
class LibraryRuntime extends Runtime {
  teardown() {
    // What was loaded stays.
  }
}

/** Has what this worker has loaded of the rooms and of node_modules. */
let library;

/** What was compiled of each file in the realm that the test files share, with the code that it was. */
const compiled = new Map();

/** Has a runtime compile a file once for all test files: jest's own modules and the tests' fixtures are evaluated for each. */
function compileOnce(executor) {
  const { compile } = executor;
  executor.compile = function (code, file) {
    const before = compiled.get(file);
    if (before?.code === code) return before.made;
    const made = compile.call(this, code, file);
    compiled.set(file, { code, made });
    return made;
  };
}

/**
 * Gives a worker's test files the same modules, where they are not of `test/`: a module is compiled, evaluated and optimized once for each
 * worker, not once for each of hundreds of test files. So production modules must keep no state that a test could find left by another.
 * A test file that needs modules of its own begins with the docblock `@jest-environment node`.
 */
class SharingRuntime extends Runtime {
  constructor(config, environment, ...more) {
    super(config, environment, ...more);
    if (environment.constructor.name !== "SharedEnvironment") return;
    library ??= new LibraryRuntime(config, environment, ...more);
    compileOnce(this.executor);
    this.tests = join(config.rootDir, "test") + sep;
    // Stacks name lines of sources by it.
    this.transformCache.sourceMaps = library.transformCache.sourceMaps;
  }

  requireModuleOrMock(from, name) {
    return this.isShared(from, name) ? library.requireModuleOrMock(from, name) : super.requireModuleOrMock(from, name);
  }

  isShared(from, name) {
    if (this.tests === undefined || name.startsWith("@jest/") || this._resolution.isCoreModule(name)) return false;
    return !this._resolution.resolveCjs(from, name).startsWith(this.tests);
  }
}

module.exports = { __esModule: true, default: SharingRuntime };
