import { useArtifactDownload, type ArtifactDownloadOptions } from '../src/index.ts';
import './stories.css';

/** A line of text with a download in it: the hook’s behaviour in markup that is all the app’s own. */
export function InlineDownload(options: ArtifactDownloadOptions) {
  const { state, description, buttonProps, cancelProps, progressProps, statusProps } =
    useArtifactDownload(options);
  const isDownloading = state.status === 'downloading';
  const fraction = isDownloading ? state.progress.fraction : null;
  return (
    <span className="inline-download">
      <button {...buttonProps}>
        {description.label} <bdi>{description.fileName}</bdi>
      </button>{' '}
      {isDownloading ? (
        <>
          <span {...progressProps} className="meter">
            <span style={{ inlineSize: `${(fraction ?? 0) * 100}%` }} />
          </span>{' '}
          <button {...cancelProps}>Cancel</button>
        </>
      ) : (
        <small dir="auto">{description.message}</small>
      )}
      <span {...statusProps} className="unseen" />
    </span>
  );
}
