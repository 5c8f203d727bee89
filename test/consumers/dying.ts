/** What a test throws where a process is to die. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** Runs a process that may die; anything else than its death is a defect. */
export async function mayDie(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Died)) throw error;
  }
}
