import type { SettingKey } from '@dandang/policy/settings.ts';

/** One thing that is not as it should be, as the health answer says it: in words an office understands, nothing personal. */
export interface HealthWarning {
  readonly code: string;
  /** `fail`: the service is `degraded` for as long as it lasts. */
  readonly level: 'warn' | 'fail';
  readonly message: string;
  readonly setting?: SettingKey;
  readonly year?: number;
}
