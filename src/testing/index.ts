export { artifactHandlers, type ArtifactHandlersOptions } from './artifactHandlers.ts';
export { allArtifactBytes, artifactBytes } from './artifactBytes.ts';
export type { ArtifactAnswer, TokenStatus } from './artifactAnswer.ts';
export type { ArtifactInfo, ArtifactService, RequestToAnswer } from './ArtifactService.ts';
export { createArtifactService } from './createArtifactService.ts';
export type {
  BreakFault,
  Fault,
  Faults,
  HeadersFault,
  HeadFault,
  NetworkFault,
  StallFault,
  StatusFault,
} from './faults.ts';
export type { IssueOptions, OpenArtifactBody } from './issueOptions.ts';
export type { LineOptions, LineSpeed } from './line.ts';
export type { ArtifactRequest } from './requestLog.ts';
export { scenarios, type Scenario, type ScenarioName } from './scenarios.ts';
