import type { ReactElement } from 'react';
import type { Field } from '../api/catalogue.ts';
import type { Around } from '../api/choices.ts';

/** What every widget is given: its field, its value, and how to say another one. */
export interface WidgetProps {
  readonly field: Field;
  /** The id that the label names. */
  readonly id: string;
  /** The label's own id, for what is a group of controls. */
  readonly labelledBy: string;
  /** The ids of what describes it: its help, and what is wrong with it. */
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
  readonly around: Around;
}

export type Widget = (props: WidgetProps) => ReactElement;

export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** How a widget says that it is refused, and what describes it. */
export const said = ({ id, describedBy, invalid, field }: WidgetProps) => ({
  id,
  'aria-describedby': describedBy,
  'aria-invalid': invalid,
  'aria-required': field.required,
});
