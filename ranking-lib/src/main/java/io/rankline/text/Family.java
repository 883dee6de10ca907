package io.rankline.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records with one interface, distinguished in text by a name:
 *
 * <pre>{@code
 * Family.of(LearningRate.class)
 *     .with("constant", ConstantRate.class)
 *     .with("cosine_decay", CosineDecay.class)
 * }</pre>
 */
public final class Family<T> {

  private final Class<T> type;
  private final Map<String, RecordCodec<?>> members;

  private Family(Class<T> type, Map<String, RecordCodec<?>> members) {
    this.type = type;
    this.members = members;
  }

  /** A family without members. */
  public static <T> Family<T> of(Class<T> type) {
    return new Family<>(type, Map.of());
  }

  /** This family and one more member. */
  public Family<T> with(String name, Class<? extends Record> member) {
    return with(name, RecordCodec.of(member));
  }

  /** This family and one more member, which a codec with defaults of its own reads. */
  public Family<T> with(String name, RecordCodec<?> member) {
    if (!type.isAssignableFrom(member.type())) {
      throw new IllegalArgumentException("%s is no %s".formatted(member.type(), type));
    }
    Map<String, RecordCodec<?>> more = new LinkedHashMap<>(members);
    more.put(name, member);
    return new Family<>(type, more);
  }

  /** The names of the members, in the order in which they joined. */
  public List<String> names() {
    return List.copyOf(members.keySet());
  }

  /** The options of a member. */
  public RecordCodec<?> codec(String name) {
    return Objects.requireNonNull(members.get(name));
  }

  /**
   * The member of that name that a section describes, as {@link RecordCodec#read} does.
   *
   * @param name one of {@link #names}
   * @return null after a fault
   */
  public @Nullable T read(Section section, String name) {
    return type.cast(codec(name).read(section));
  }

  /**
   * The name of a member; the first where it has several.
   *
   * @throws IllegalArgumentException for what is no member
   */
  public String nameOf(T value) {
    return members.entrySet().stream()
        .filter(member -> member.getValue().type() == value.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("%s has no name in text".formatted(value)));
  }

  /** A member as maps, lists, numbers and texts, with its name at a key of its own. */
  public Map<String, Object> write(T value, String nameKey) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put(nameKey, nameOf(value));
    text.putAll(RecordCodec.write((Record) value));
    return text;
  }
}
