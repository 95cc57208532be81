/** What every bundler replaces with a literal; this package brings no Node types to the browser. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };
