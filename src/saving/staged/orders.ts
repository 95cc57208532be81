/** What the page asks its staging worker to do with one of its files. */
export type Order =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly path: readonly [folder: string, name: string];
    }
  /** In bytes. */
  | { readonly kind: 'reserve'; readonly id: number; readonly size: number }
  | {
      readonly kind: 'write';
      readonly id: number;
      readonly buffer: ArrayBuffer;
      readonly length: number;
    }
  | { readonly kind: 'close'; readonly id: number }
  | { readonly kind: 'abort'; readonly id: number };

/** The worker's answer: one to each order, in their order. */
export interface Answer {
  readonly id: number;
  /** The written buffer, which can be used again. */
  readonly buffer?: ArrayBuffer;
  /** Absent: it is done. */
  readonly failure?: { readonly name: string; readonly message: string };
}
