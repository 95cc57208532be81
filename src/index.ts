'use client';
export { DownloadButton, type DownloadButtonProps } from './react/DownloadButton.tsx';
export {
  useArtifactDownload,
  type ArtifactDownload,
  type ArtifactDownloadOptions,
} from './react/useArtifactDownload.ts';
export {
  ArtifactDownloadProvider,
  type ArtifactDownloadDefaults,
} from './react/ArtifactDownloadProvider.tsx';
export type { Actions, PropBags } from './react/propBags.ts';
export type { Expiry } from './react/expiry.ts';
export type { RenewedToken, RenewToken } from './react/useRenewal.ts';
export type { StatusCallbacks } from './react/useStatusCallbacks.ts';
export type { ButtonAction, StateDescription } from './react/StateDescription.ts';
export type { DownloadLabels } from './react/labels.ts';
export {
  artifactInspectionOptions,
  type ArtifactInspectionInput,
  type Recheck,
} from './query/artifactInspectionOptions.ts';
export type {
  ArtifactDownloadState,
  ArtifactDownloadStatus,
  DownloadPhase,
  ExpiredReason,
  ReadyNotice,
  Recovery,
} from './download/downloadState.ts';
export type { Progress } from './download/progress.ts';
export type { SavingConcern, SinkChoice } from './saving/openSink.ts';
export { memorySink } from './saving/memorySink.ts';
export { pickerSink } from './saving/pickerSink.ts';
export { stagedSink } from './saving/staged/stagedSink.ts';
export {
  HeldBytesError,
  type BufferPool,
  type Delivered,
  type Delivery,
  type DownloadSink,
  type HeldBytes,
  type SinkDestination,
  type SinkFile,
} from './saving/DownloadSink.ts';
export type { Endpoint } from './protocol/artifactUrl.ts';
export type { Inspection } from './protocol/Inspection.ts';
export type { ArtifactMetadata } from './protocol/readMetadata.ts';
export {
  ArtifactDownloadError,
  EndpointError,
  HttpError,
  LoadError,
  NetworkError,
  OfflineError,
  OutcomeUnknownError,
  ProtocolError,
  StalledError,
} from './protocol/errors.ts';
export {
  IncompleteError,
  InterruptedError,
  RenewalError,
  SaveError,
} from './download/transferErrors.ts';
