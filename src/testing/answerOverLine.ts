import type { ArtifactAnswer } from './artifactAnswer.ts';
import type { ArtifactService, RequestToAnswer } from './createArtifactService.ts';
import { waitFor } from './waitFor.ts';

/** The longest wait that `setTimeout` can keep; a longer one would end at once. */
const MAX_LATENCY = 2_147_483_647;

/** What lies between the service and its client. Each may differ from token to token. */
export interface LineOptions {
  /** Milliseconds before the answer to any request. Default: 0. */
  latency?: number | ((token: string) => number);
  /** Bytes of the artifact a second, sent about every 50 ms. Default: `Infinity`, unthrottled. */
  bytesPerSecond?: number | ((token: string) => number);
}

/**
 * The service's answer, as it arrives over the line. The service decides when the request comes in,
 * the client hears of it after the latency: a client that leaves meanwhile has spent its token.
 *
 * @throws RangeError for a latency or a rate that no line could have.
 */
export async function answerOverLine(
  service: ArtifactService,
  request: Omit<RequestToAnswer, 'bytesPerSecond'>,
  line: LineOptions,
): Promise<ArtifactAnswer> {
  const latency = forToken(line.latency ?? 0, request.token);
  const bytesPerSecond = forToken(line.bytesPerSecond ?? Infinity, request.token);
  if (!(latency >= 0 && latency <= MAX_LATENCY)) {
    throw new RangeError(
      `The request was not answered: its latency is ${latency} ms. ` +
        `Pass a \`latency\` of 0 to ${MAX_LATENCY}.`,
    );
  }
  if (!(bytesPerSecond > 0)) {
    throw new RangeError(
      `The request was not answered: its line carries ${bytesPerSecond} bytes a second. ` +
        'Pass a `bytesPerSecond` above 0, or leave it out for no throttle.',
    );
  }
  const answer = service.respond({ ...request, bytesPerSecond });
  await waitFor(latency, request.signal);
  return answer;
}

function forToken(value: number | ((token: string) => number), token: string): number {
  return typeof value === 'number' ? value : value(token);
}
