'use client';
import {
  forwardRef,
  useMemo,
  type ComponentPropsWithoutRef,
  type CSSProperties,
  type ForwardedRef,
  type KeyboardEvent,
  type MouseEvent,
  type RefCallback,
} from 'react';
import type { ArtifactDownloadState } from '../download/downloadState.ts';
import { stateAttributes } from './attributes.ts';
import { useArtifactDownload, type ArtifactDownloadOptions } from './useArtifactDownload.ts';

type OfState<Value> = Value | ((state: ArtifactDownloadState) => Value | undefined);

/** {@link DownloadButton}'s own props, and whatever else a `<button>` takes. */
export interface DownloadButtonProps
  extends
    ArtifactDownloadOptions,
    Omit<
      ComponentPropsWithoutRef<'button'>,
      keyof ArtifactDownloadOptions | 'children' | 'className' | 'style' | 'type'
    > {
  /** Added to the button's own class; also as a function of the state. */
  className?: OfState<string> | undefined;
  /** The button's style; also as a function of the state. */
  style?: OfState<CSSProperties> | undefined;
}

/**
 * A button for a single-use download token. It asks with HEAD whether the token is alive, shows the
 * file's name, type and size, and spends the token on a click and on nothing else.
 * @example <DownloadButton token={token} />
 */
export const DownloadButton = forwardRef(function DownloadButton(
  props: DownloadButtonProps,
  ref: ForwardedRef<HTMLButtonElement>,
) {
  const { className, style, onClick, onKeyDown, disabled, ...rest } = buttonPropsOf(props);
  const isDisabled = disabled || rest['aria-disabled'] === true || rest['aria-disabled'] === 'true';
  const { state, description, buttonProps, cancelProps, progressProps, statusProps } =
    useArtifactDownload(props);
  const { label, fileName, message, actionLabel, progressText } = description;
  const isDownloading = state.status === 'downloading';
  const buttonRef = useMergedRef(buttonProps.ref, ref);
  return (
    <span className="artifact-download" {...stateAttributes(state)}>
      <button
        {...rest}
        {...buttonProps}
        ref={buttonRef}
        className={joinClasses('artifact-download-button', ofState(className, state))}
        style={ofState(style, state)}
        aria-disabled={buttonProps['aria-disabled'] ?? (isDisabled || undefined)}
        onClick={(event: MouseEvent<HTMLButtonElement>) => {
          onClick?.(event);
          if (!event.defaultPrevented && !isDisabled) buttonProps.onClick(event);
        }}
        onKeyDown={(event: KeyboardEvent<HTMLButtonElement>) => {
          onKeyDown?.(event);
          buttonProps.onKeyDown(event);
        }}
      >
        <span className="artifact-download-label">{label}</span>{' '}
        {fileName !== null && <bdi className="artifact-download-name">{fileName}</bdi>}{' '}
        <span className="artifact-download-details" aria-hidden={isDownloading || undefined}>
          {isDownloading ? progressText : message}
          {actionLabel !== null && (
            <>
              {' · '}
              <span className="artifact-download-action">{actionLabel}</span>
            </>
          )}
        </span>
      </button>
      {isDownloading && (
        <>
          <button {...cancelProps} className="artifact-download-cancel" />
          <span
            {...progressProps}
            className="artifact-download-progress"
            style={fractionStyle(state.progress.fraction)}
          />
        </>
      )}
      <span {...statusProps} className="artifact-download-status" />
    </span>
  );
});

/** What is left for the `<button>`, once the hook has taken its own. */
function buttonPropsOf({
  token,
  endpoint,
  fileName,
  expiresAt,
  renewToken,
  sink,
  labels,
  locale,
  recheck,
  queryClient,
  stallTimeout,
  whenUnmounted,
  onStatusChange,
  onCompleted,
  onFailed,
  ...rest
}: DownloadButtonProps) {
  return rest;
}

function ofState<Value>(value: OfState<Value> | undefined, state: ArtifactDownloadState) {
  return typeof value === 'function'
    ? (value as (state: ArtifactDownloadState) => Value | undefined)(state)
    : value;
}

function joinClasses(...names: (string | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}

/** Set through the CSSOM, which a `style-src 'self'` policy lets pass; never in server markup. */
function fractionStyle(fraction: number | null): CSSProperties | undefined {
  if (fraction === null) return undefined;
  return { '--artifact-download-fraction': fraction } as CSSProperties;
}

function useMergedRef(
  own: RefCallback<HTMLButtonElement>,
  theirs: ForwardedRef<HTMLButtonElement>,
): RefCallback<HTMLButtonElement> {
  return useMemo(
    () => (theirs ? (element) => mergeRefs(own, theirs, element) : own),
    [own, theirs],
  );
}

/** From React 19 on, a ref may give back its own clean-up, which then stands for the call with null. */
function mergeRefs(
  own: RefCallback<HTMLButtonElement>,
  theirs: Exclude<ForwardedRef<HTMLButtonElement>, null>,
  element: HTMLButtonElement | null,
) {
  own(element);
  if (typeof theirs !== 'function') {
    theirs.current = element;
    return undefined;
  }
  // Typed as void for React 18's sake.
  const cleanUp = theirs(element) as unknown as (() => void) | undefined;
  if (typeof cleanUp !== 'function') return undefined;
  return () => {
    own(null);
    cleanUp();
  };
}
