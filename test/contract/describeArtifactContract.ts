import { afterEach, beforeEach, describe } from 'vitest';
import { describeArtifactKinds } from './artifactKinds.ts';
import { ContractClient, type CreateTarget } from './contractClient.ts';
import { describeDeadTokens } from './deadTokens.ts';
import { describeFailingBodies } from './failingBodies.ts';
import { describeFaults } from './faults.ts';
import { describeOpaqueTokens } from './opaqueTokens.ts';
import { describeRequestLog } from './requestLog.ts';
import { describeSingleUse } from './singleUse.ts';

/**
 * What the artifact-download contract promises, as any client sees it. Whatever stands in for the
 * real service has to pass.
 *
 * @param createTarget - starts something that answers for a service; closed after each test.
 */
export function describeArtifactContract(name: string, createTarget: CreateTarget): void {
  describe(`artifact-download contract: ${name}`, () => {
    const client = new ContractClient();
    beforeEach(() => client.open(createTarget));
    afterEach(() => client.close());

    describeSingleUse(client);
    describeDeadTokens(client);
    describeOpaqueTokens(client);
    describeArtifactKinds(client);
    describeRequestLog(client);
    describeFaults(client);
    describeFailingBodies(client);
  });
}
