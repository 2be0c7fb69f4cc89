/** The address of a Clerk instance, as its publishable key holds it: after `pk_live_` or `pk_test_`, base64 of `<host>$`. Pure. */
export function keyHost(publishableKey: string): string {
  return atob(publishableKey.replace(/^pk_(live|test)_/, '')).replace(/\$$/, '')
}
