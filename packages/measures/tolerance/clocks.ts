import type { Context } from '@dandang/casework/command.ts';
import { started } from '@dandang/casework/deadline-events.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import type { Refusal } from '@dandang/casework/refusal.ts';

/**
 * The clocks of a tolerance and the settings that hold their terms. The articles give no numbers (Yichang, “如何保障落实”:
 * 优先受理、快速办理、及时反馈), so a clock runs only for matters opened after a deployment has set its term.
 */
const terms = {
  acceptance: 'tolerance.acceptWithin',
  investigation: 'tolerance.investigateWithin',
  decision: 'tolerance.decideWithin',
  service: 'tolerance.signWithin',
} as const;

/** Starts a clock today; nothing where its term is unset. */
export const clockFrom = (deadline: keyof typeof terms, context: Context): CommonEvent[] | Refusal =>
  started(deadline, context.policy.settings[terms[deadline]].value, context);
