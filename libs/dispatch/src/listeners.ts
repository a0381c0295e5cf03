/** Those who want to hear; one that throws does not keep the others from hearing. */
export class Listeners<T extends unknown[]> {
  private readonly all = new Set<(...heard: T) => void>();

  constructor(private readonly onError: (error: Error) => void) {}

  get isEmpty(): boolean {
    return this.all.size === 0;
  }

  add(listener: (...heard: T) => void): () => void {
    const own = (...heard: T): void => listener(...heard);
    this.all.add(own);
    return () => void this.all.delete(own);
  }

  tell(...heard: T): void {
    for (const listener of this.all) {
      try {
        listener(...heard);
      } catch (error) {
        this.onError(error instanceof Error ? error : new Error('A listener failed', { cause: error }));
      }
    }
  }

  clear(): void {
    this.all.clear();
  }
}
