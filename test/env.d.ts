// Under Node's types `process.env` is an index signature; the library reads this one as a property,
// for that is the form every bundler replaces.
declare namespace NodeJS {
  interface ProcessEnv {
    NODE_ENV?: string;
  }
}
