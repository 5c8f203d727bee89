import type { Measure } from '@dandang/casework/measure.ts';
import type { Subscription } from '@dandang/casework/footprint.ts';

const files = (kinds: readonly string[]): string => kinds.map((kind) => `\`${kind}/*\``).join(', ');

const heard = ({ types, of, said }: Subscription): string => {
  const what = types.map((type) => `\`${type}\``).join(' and ');
  const only = said === undefined ? '' : ` (${said.join(', ')})`;
  return `${what} of \`${of}/*\`${only}`;
};

function flow({ collection, footprint, hears }: Measure): string {
  const http = `\`http\`: \`packages/api/measure-routes.ts\` over the measure, under \`/api/${collection}\`.`;
  if (footprint.hears.length === 0) return `${http} There is no \`bus\`: it hears nothing.`;
  const reactions = Object.keys(hears);
  const named = reactions.length === 0 ? '' : ` What it hears of others it answers with: ${reactions.join(', ')}.`;
  return `${http} \`bus\`: \`packages/accept/react.ts\` over the same, hearing ${footprint.hears.map(heard).join('; ')}.${named}`;
}

function integration({ footprint, requires }: Measure): string {
  const { puts, putsOnBus, reads, attachments } = footprint;
  const bus = putsOnBus.length === 0 ? '' : ` From the bus: ${files(putsOnBus)}.`;
  const read = reads.filter((kind) => !puts.includes(kind));
  const bucket = attachments ? ' Looks in the attachments bucket for what has arrived.' : '';
  return `Appends to ${files(puts)}.${bus} Reads those and ${files(read)}; reads views for lists.${bucket} Needs the settings ${requires.map((key) => `\`${key}\``).join(', ')}.`;
}

const section = (text: string, heading: string): string => {
  const found = new RegExp(`^## ${heading}\\n\\n([^]*?)\\n*(?=^## |$(?![^]))`, 'm').exec(text)?.[1];
  if (found === undefined) throw new Error(`a README of a function lacks the heading ${heading}`);
  return found.trim();
};

/**
 * The README of a measure's function folder: what it is for and what is peculiar stand there by hand; how it flows and what
 * it touches is read off the measure's declaration.
 */
export const measureReadme = (measure: Measure, today: string): string => `# ${measure.collection}

## Purpose

${section(today, 'Purpose')}

## Flow

${flow(measure)}

## Integration points

${integration(measure)}

## Peculiarities

${section(today, 'Peculiarities')}
`;
