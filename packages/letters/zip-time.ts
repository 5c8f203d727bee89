import type { CivilDate } from '@dandang/calendar/civil-date.ts';

/** Length of a ZIP archive's end record without a comment, which the docx library never writes (APPNOTE.TXT 4.3.16). */
const END_RECORD = 22;

/**
 * Sets the time of every file in a ZIP archive to 0:00 of a day (1980 to 2107, the years the format knows; nearest one
 * otherwise), in place, and returns the archive. The docx library stamps them with the wall clock in the process's own
 * time zone, so that no two renderings would be equal. Field offsets: APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16.
 */
export function archiveOfDay(archive: Uint8Array, day: CivilDate): Uint8Array {
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number);
  const dosDate = ((Math.min(Math.max(year, 1980), 2107) - 1980) << 9) | (month << 5) | date;
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.byteLength - END_RECORD;
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const local = view.getUint32(entry + 42, true);
    for (const time of [local + 10, entry + 12]) {
      view.setUint16(time, 0, true);
      view.setUint16(time + 2, dosDate, true);
    }
    entry +=
      46 + view.getUint16(entry + 28, true) + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
  }
  return archive;
}
