/** A browser engine with one fresh profile, headless, which saves downloads without asking. */
export interface Engine {
  /** The folder that it saves into, under the names that users would find there. */
  readonly downloads: string;
  /** Opens a page in a window of its own, and waits until it has loaded. */
  open(url: string): Promise<EnginePage>;
  close(): Promise<void>;
}

/** A page in an engine: no more than all three drivers can do. */
export interface EnginePage {
  /** Evaluates an expression in the page; its value has to survive JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks in the middle of the first match, as a mouse does. */
  click(selector: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the engine that lies at a path. */
export type StartEngine = (path: string) => Promise<Engine>;
