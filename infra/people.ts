import { AccountRootPrincipal, CompositePrincipal, type IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Settings } from './settings.ts';

/** The roles of people. */
export type RoleOfPeople = keyof Settings['federated'];

/**
 * Who may assume a role of people: whoever of the account comes with a second factor; and, by name, the roles of those who
 * come by federation. These carry no `aws:MultiFactorAuthPresent`, whatever their sign-in asked of them.
 */
export function peopleFor(settings: Settings, role: RoleOfPeople): IPrincipal {
  const withMfa = new AccountRootPrincipal().withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } });
  const roles = settings.federated[role];
  return roles.length === 0
    ? withMfa
    : new CompositePrincipal(
        withMfa,
        new AccountRootPrincipal().withConditions({ ArnEquals: { 'aws:PrincipalArn': [...roles] } }),
      );
}
