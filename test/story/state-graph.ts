import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { isOpen, lightOn, nextAct } from '@dandang/casework/deadline.ts';
import { at, type Attempt, type Story } from './story.ts';
import { wellFormed } from './well-formed.ts';

/*
 * What can become of a matter: a graph whose nodes are stories and whose edges are what somebody does, the clock, or what
 * happens elsewhere. Two stories are one node where the matter looks the same to everybody: its state, its deadlines and
 * their lights, its to-dos, and what each may do. A node's edges are tried when they are first asked for.
 */

/** Who makes an edge: a person, the clock, or another matter. */
type Mover = Caller | 'the clock' | 'elsewhere';

export interface Edge {
  readonly by: Mover;
  readonly command: string;
  readonly from: Node;
  readonly to: Node;
  /** The story after it, where the node that it comes to is known from another one. */
  readonly after: Story;
}

/** Something that was allowed and refused all the same, for what it says. */
export interface Refused {
  readonly by: Caller;
  readonly command: string;
  readonly code: string;
  /** What was foretold without regard to what it says. */
  readonly foretold: string | undefined;
}

/** Something that was done although it was foretold that it could not be, whatever it says. */
export type Belied = Omit<Refused, 'code'>;

/** What happens elsewhere and a matter hears of: undefined where it hears nothing. */
export type Elsewhere = (story: Story) => readonly { readonly name: string; readonly attempt: Attempt }[];

export interface Node {
  readonly story: Story;
  readonly state: string;
  readonly final: boolean;
  /** Its state, and what is waited for. */
  readonly waits: string;
  /** What each may do there, by the person's id. */
  readonly allowed: ReadonlyMap<string, readonly string[]>;
  /** How it was come to, for whoever reads of a dead end. */
  readonly path: readonly string[];
}

const nameOf = (by: Mover): string => (typeof by === 'string' ? by : by.id);

/** What makes two persons the same to a matter: their unit and roles, as long as it does not know one of them. */
const kindOf = (by: Caller, known: ReadonlySet<string>): string =>
  known.has(by.id) ? by.id : `${by.unit} ${by.roles.join(' ')}`;

/** The persons whom a matter knows: who acted, whom its papers name. */
const personsIn = ({ open: { matter } }: Story, people: readonly Caller[]): ReadonlySet<string> => {
  const said = JSON.stringify([matter.acts, matter.subjects, matter.details, matter.recused]);
  return new Set(people.filter(({ id }) => said.includes(`"${id}"`)).map(({ id }) => id));
};

/** The story at an hour; an hour that is over changes nothing. */
const notBefore = (story: Story, hour: string | undefined): string =>
  hour === undefined || hour < story.now ? story.now : hour;

/** The next day on which a deadline turns red, or what was missed is chased again; undefined where nothing comes. */
function nextDay({ open, now }: Story): CivilDate | undefined {
  const today = chinaDate(now);
  const days = open.matter.deadlines.flatMap((one) => {
    if (!isOpen(one)) return [];
    const next = nextAct(one);
    return [one.redOn, ...(next?.what === 'chase' ? [next.on] : [])];
  });
  return days.filter((day) => day > today).toSorted()[0];
}

/** What the sweeps make of a day: after midnight what has come is said, in working hours sheets go out. */
function swept(story: Story, day: CivilDate): Story {
  let after = story.within({});
  for (let round = 0; round < 2; round += 1)
    for (const deadline of after.open.matter.deadlines) {
      const act = nextAct(deadline);
      if (act !== undefined && act.on <= day && act.what !== 'chase')
        after = after.andClock(deadline.name, at(day, '00:05'));
    }
  return after.whenChased(at(day, '10:00')).story;
}

export class StateGraph {
  readonly people: readonly Caller[];
  /** Every node that was come to, in that order. */
  readonly nodes: Node[] = [];
  readonly refused: Refused[] = [];
  readonly belied: Belied[] = [];
  readonly #elsewhere: Elsewhere;
  readonly #known = new Map<string, Node>();
  readonly #edges = new Map<Node, readonly Edge[]>();

  constructor(people: readonly Caller[], elsewhere: Elsewhere) {
    this.people = people;
    this.#elsewhere = elsewhere;
  }

  /** The node of a story: one that looks the same is the same. */
  nodeOf(story: Story, path: readonly string[]): Node {
    const { open, now } = story;
    const today = chinaDate(now);
    const known = personsIn(story, this.people);
    const likes = new Map<string, readonly string[]>();
    const allowed = new Map<string, readonly string[]>();
    for (const by of this.people) {
      const like = kindOf(by, known);
      const may = likes.get(like) ?? story.allowed(by);
      likes.set(like, may);
      allowed.set(by.id, may);
    }
    const look = {
      state: open.matter.state,
      deadlines: open.matter.deadlines
        .filter(isOpen)
        .map((one) => [
          one.name,
          lightOn(one, today) === 'red',
          one.missedSaidOn !== null,
          one.chasedOut,
          one.request !== null,
        ]),
      todos: open.todos().map(({ act, assignee, except }) => [act, assignee, except.length]),
      allowed: [...likes].map(([like, may]) => [like, ...may].join(' ')).toSorted(),
    };
    const key = JSON.stringify(look);
    const found = this.#known.get(key);
    if (found !== undefined) return found;
    const waits = [
      open.matter.state,
      ...open.todos().map(({ act }) => act),
      ...open.matter.deadlines.filter(isOpen).map(({ name }) => name),
    ].join(' ');
    const node = { story, state: open.matter.state, final: open.final, waits, allowed, path };
    this.#known.set(key, node);
    this.nodes.push(node);
    return node;
  }

  /** Everything that can happen at a node: each command that somebody may do, with each body that fits. */
  edgesOf(node: Node): readonly Edge[] {
    const tried = this.#edges.get(node);
    if (tried !== undefined) return tried;
    const edges: Edge[] = [];
    const add = (by: Mover, command: string, after: Story): void => {
      const to = this.nodeOf(after, [...node.path, `${nameOf(by)} ${command}`]);
      edges.push({ by, command, from: node, to, after });
    };
    const { story } = node;
    const known = personsIn(story, this.people);
    const asked = new Set<string>();
    for (const by of this.people)
      for (const command of node.allowed.get(by.id) ?? []) {
        const like = `${kindOf(by, known)} ${command}`;
        if (asked.has(like)) continue;
        asked.add(like);
        for (const { body, notBefore: hour } of sayings(story, command, by)) {
          const now = notBefore(story, hour);
          const foretold = story.foretold(command, by, now);
          const attempt = story.when(command, by, body, { now });
          if (attempt.refusal === undefined) add(by, command, attempt.story);
          if (attempt.refusal === undefined && foretold !== undefined) this.belied.push({ by, command, foretold });
          if (attempt.refusal === undefined) continue;
          if (attempt.refusal.refused === 'signature-needed') {
            const forward = story.when(command, by, body, { now, forSignature: true });
            if (forward.refusal === undefined) add(by, 'put-forward', forward.story);
            else this.refused.push({ by, command, code: forward.refusal.refused, foretold });
          } else this.refused.push({ by, command, code: attempt.refusal.refused, foretold });
        }
      }
    for (const { name, attempt } of this.#elsewhere(story))
      if (attempt.refusal === undefined) add('elsewhere', name, attempt.story);
    const day = nextDay(story);
    if (day !== undefined) add('the clock', day, swept(story, day));
    this.#edges.set(node, edges);
    return edges;
  }

  /** Every edge that was tried. */
  get edges(): readonly Edge[] {
    return [...this.#edges.values()].flat();
  }

  /**
   * Tries the edges of at most so many nodes: of those in which something else is waited for in turn, and among them those
   * first that were come to first. Gives those that were tried.
   */
  walk(most: number): readonly Node[] {
    const often = new Map<string, number>();
    const tried: Node[] = [];
    while (tried.length < most) {
      const [next] = this.nodes
        .filter((one) => !this.#edges.has(one))
        .toSorted((a, b) => (often.get(a.waits) ?? 0) - (often.get(b.waits) ?? 0));
      if (next === undefined) break;
      often.set(next.waits, (often.get(next.waits) ?? 0) + 1);
      this.edgesOf(next);
      tried.push(next);
    }
    return tried;
  }

  /**
   * A way from a node over edges that may be taken to one that ends it: the edges in order, or undefined where there is
   * none among the first so many nodes.
   */
  way(
    from: Node,
    take: (edge: Edge) => boolean,
    ends: (edge: Edge) => boolean,
    most = 60,
  ): readonly Edge[] | undefined {
    const ways = new Map<Node, readonly Edge[]>([[from, []]]);
    for (const [node, before] of ways) {
      for (const edge of this.edgesOf(node).filter(take)) {
        const way = [...before, edge];
        if (ends(edge)) return way;
        if (!ways.has(edge.to) && ways.size < most) ways.set(edge.to, way);
      }
    }
    return undefined;
  }
}

/** The story once somebody has done a command, with one of its bodies; as it was where nobody may. */
export function doneBy(people: readonly Caller[], story: Story, command: string, nth = 0): Story {
  const by = people.find((one) => story.allowed(one).includes(command));
  const said = by === undefined ? undefined : sayings(story, command, by)[nth];
  if (by === undefined || said === undefined) return story;
  return story.and(command, by, said.body, { now: notBefore(story, said.notBefore) });
}

function sayings(
  story: Story,
  command: string,
  by: Caller,
): ReturnType<NonNullable<(typeof wellFormed)[string][string]>> {
  const says = wellFormed[story.measure.kind]?.[command];
  if (says === undefined) throw new Error(`nobody says what ${command} of ${story.measure.kind} is done with`);
  return says(story, by);
}
