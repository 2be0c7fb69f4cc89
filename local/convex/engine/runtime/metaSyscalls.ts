/** Who is asking, and what is known about this call. */
import { type AsyncSyscall, requireTransaction } from './execution.ts'

export const metaSyscalls: Record<string, AsyncSyscall> = {
  '1.0/getUserIdentity'(execution) {
    execution.observed.identity = true
    return JSON.stringify(execution.identity)
  },
  '1.0/getTransactionMetrics'(execution) {
    if (execution.type === 'action') throw new Error('Unknown async operation 1.0/getTransactionMetrics')
    return JSON.stringify(requireTransaction(execution, 'getTransactionMetrics').usage.metrics())
  },
  '1.0/getFunctionMetadata': ({ info }) => JSON.stringify({ name: info?.name ?? '', componentPath: '' }),
  '1.0/getDeploymentMetadata': () => '{"name":"local","region":null,"class":"s16"}',
  '1.0/getRequestMetadata': ({ requestId, jobId }) =>
    JSON.stringify({ ip: null, userAgent: null, requestId, scheduledFunctionId: jobId, authToken: null }),
  '1.0/auditLog': () => 'null',
  '1.0/requireOperation': () => '{}',
}
