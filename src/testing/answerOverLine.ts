import type { ArtifactAnswer } from './artifactAnswer.ts';
import type { ArtifactService, RequestToAnswer } from './ArtifactService.ts';
import type { Line } from './line.ts';
import { waitFor } from './waitFor.ts';

/**
 * The service's answer, as it arrives over the line. The service decides when the request comes in,
 * the client hears of it after the latency: a client that leaves meanwhile has spent its token. An
 * answer that never comes is kept back until the client leaves.
 *
 * @throws RangeError and TypeError for a line that can't be; the token is then untouched.
 */
export async function answerOverLine(
  service: ArtifactService,
  request: Pick<RequestToAnswer, 'method' | 'token' | 'signal'>,
  line: Line,
): Promise<ArtifactAnswer> {
  const answer = service.respond({ ...request, ...line(request.token) });
  await waitFor(answer.latency, request.signal);
  return answer;
}
