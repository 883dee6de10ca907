package io.rankline.pipeline.hparams;

import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One value for every task, or one for each; a task's own comes before the common one.
 *
 * @param common holds for tasks that have none of their own; null for none
 * @param byTask values by the names of tasks
 */
public record PerTask<T extends Serializable>(@Nullable T common, SortedMap<String, T> byTask)
    implements Iterable<T>, Serializable {

  public PerTask {
    byTask = Collections.unmodifiableSortedMap(new TreeMap<>(byTask));
  }

  /** The same for every task. */
  public static <T extends Serializable> PerTask<T> common(T value) {
    return new PerTask<>(value, new TreeMap<>());
  }

  /** A value for each of these tasks, and none for others. */
  public static <T extends Serializable> PerTask<T> byTask(Map<String, T> values) {
    return new PerTask<>(null, new TreeMap<>(values));
  }

  /** The value of a task. */
  public Optional<T> of(String task) {
    return Optional.ofNullable(byTask.getOrDefault(task, common));
  }

  /** Values of these tasks as far as they have one, and of all that have one of their own. */
  public SortedMap<String, T> ofEach(Set<String> tasks) {
    SortedMap<String, T> values = new TreeMap<>();
    if (common != null) {
      tasks.forEach(task -> values.put(task, common));
    }
    values.putAll(byTask);
    return values;
  }

  /** What becomes of each value. */
  public <R extends Serializable> PerTask<R> map(Function<T, R> change) {
    SortedMap<String, R> changed = new TreeMap<>();
    byTask.forEach((task, value) -> changed.put(task, change.apply(value)));
    return new PerTask<>(common == null ? null : change.apply(common), changed);
  }

  /** These values, replaced by those of {@code later} where it has some. */
  PerTask<T> with(PerTask<T> later) {
    SortedMap<String, T> all = new TreeMap<>(byTask);
    all.putAll(later.byTask);
    return new PerTask<>(later.common == null ? common : later.common, all);
  }

  /** All values, the common one first. */
  @Override
  public Iterator<T> iterator() {
    return Stream.concat(Stream.ofNullable(common), byTask.values().stream()).iterator();
  }
}
