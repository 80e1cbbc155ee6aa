package io.github.sparkpysocial.viz.internal;

import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Function;

/**
 * What was computed last of immutable things, so that one figure that is written in several formats
 * is laid out once. A thing is known again by its identity, and what belongs to it goes when it
 * goes, or when memory becomes short. Thread-safe; two threads that ask at the same time may both
 * compute.
 *
 * @param <K> what it is computed of, which the result does not refer to
 * @param <V> what is computed
 */
public final class Recent<K, V> {
  private static final int KEPT = 32;

  private record Entry<K, V>(WeakReference<K> of, SoftReference<V> result) {}

  private final Deque<Entry<K, V>> entries = new ArrayDeque<>();

  /** Returns the result of a thing, computed now if it is not known any more. */
  public V get(K of, Function<? super K, ? extends V> compute) {
    synchronized (entries) {
      for (Iterator<Entry<K, V>> all = entries.iterator(); all.hasNext(); ) {
        Entry<K, V> entry = all.next();
        V known = entry.result().get();
        if (known == null || entry.of().refersTo(null)) {
          all.remove();
        } else if (entry.of().refersTo(of)) {
          return known;
        }
      }
    }
    V result = compute.apply(of);
    synchronized (entries) {
      entries.addFirst(new Entry<>(new WeakReference<>(of), new SoftReference<>(result)));
      if (entries.size() > KEPT) {
        entries.removeLast();
      }
    }
    return result;
  }
}
