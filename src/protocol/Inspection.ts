import type { ArtifactMetadata } from './readMetadata.ts';

/** What HEAD told. `dead` is an answer, not an error: the token is unknown, expired or spent. */
export type Inspection =
  | { readonly status: 'available'; readonly metadata: ArtifactMetadata }
  | { readonly status: 'uninspectable' }
  | { readonly status: 'dead' };
