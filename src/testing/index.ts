export { artifactHandlers, type ArtifactHandlersOptions } from './artifactHandlers.ts';
export { allArtifactBytes, artifactBytes } from './artifactBytes.ts';
export type { ArtifactAnswer, TokenStatus } from './artifactAnswer.ts';
export type { LineOptions } from './answerOverLine.ts';
export {
  createArtifactService,
  type ArtifactInfo,
  type ArtifactService,
  type RequestToAnswer,
} from './createArtifactService.ts';
export type { IssueOptions, OpenArtifactBody } from './issueOptions.ts';
export type { ArtifactRequest } from './requestLog.ts';
