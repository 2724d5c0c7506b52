const { AsyncLocalStorage } = require("node:async_hooks");
const { TestEnvironment } = require("jest-environment-node");

const STACK_FRAMES = 20;

/** The environment of all test files of this worker. */
let environment;

/** Storages that the modules of a test file, jest's own for each among them, gave something. */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
  storages.add(this);
  return run.apply(this, args);
};

/**
 * jest makes a realm of its own for each test file, in which every module is compiled and evaluated anew. Here the files that a worker runs
 * have one realm, so that runtime.cjs can give them the same modules. What a file leaves behind in the realm is put back after it.
 */
class SharedEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.limit = config.globalConfig.testTimeout;
    // jest has 100: a tenth of the time of all unit tests was the stacks of errors that YAML's and CSV's parsers make and nobody reads.
    this.global.Error.stackTraceLimit = STACK_FRAMES;
    const { process } = this.global;
    this.before = { symbols: new Set(this.symbols()), exit: process.exit, variables: { ...process.env } };
  }

  /** A limit of a test or a hook that is shorter than that of jest.config.js does not count: a busy machine would break it. */
  handleTestEvent({ name, test, hook }) {
    const limited = { test_start: test, hook_start: hook }[name];
    if (limited !== undefined) limited.timeout = Math.max(limited.timeout ?? 0, this.limit);
  }

  /** Called after each test file: the realm stays. */
  async teardown() {
    const { process } = this.global;
    const { symbols, exit, variables } = this.before;
    this.fakeTimersModern.useRealTimers();
    // Each would be handed on to every promise of all later test files.
    for (const storage of storages) storage.disable();
    storages.clear();
    // jest keeps its own state of a test file by symbols: who handles its events, which matchers there are.
    for (const symbol of this.symbols()) if (!symbols.has(symbol)) delete this.global[symbol];
    // jest wraps it once more for each test file.
    process.exit = exit;
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
  }

  symbols() {
    return Object.getOwnPropertySymbols(this.global);
  }
}

/** Returns the same object for each test file; jest calls it with `new`. */
module.exports = function sharedEnvironment(config, context) {
  return (environment ??= new SharedEnvironment(config, context));
};
