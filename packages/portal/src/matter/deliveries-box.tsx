import { Link } from '@tanstack/react-router';
import type { Matter } from '../api/answers.ts';
import { type Catalogue, type Measure, titleIn } from '../api/catalogue.ts';
import { useWords } from '../words/language.ts';

/** 送达: who got which letter, and whether it was signed for. */
export function DeliveriesBox({
  deliveries,
  measure,
  catalogue,
}: {
  readonly deliveries: Matter['deliveries'];
  readonly measure: Measure | undefined;
  readonly catalogue: Catalogue;
}) {
  const words = useWords();
  return (
    <section className="box" aria-labelledby="deliveries">
      <h2 id="deliveries">{words.deliveriesBox}</h2>
      {deliveries.length === 0 ? <p className="quiet">{words.noDeliveries}</p> : null}
      <ul className="facts">
        {deliveries.map(({ id, recipient, documentType, state, acknowledgedAt }) => (
          <li key={id}>
            <span>
              <Link to="/deliveries/$id" params={{ id }}>
                {recipient.name}
              </Link>{' '}
              <span className="quiet">{titleIn(measure?.documents ?? [], documentType)}</span>
            </span>
            <span className={acknowledgedAt === null ? 'light yellow' : 'light green'}>
              {acknowledgedAt !== null
                ? words.signed
                : state === 'sent'
                  ? words.notSigned
                  : titleIn(catalogue.common.deliveryStates, state)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
