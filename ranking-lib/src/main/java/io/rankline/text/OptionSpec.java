package io.rankline.text;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One component of a record as text has it: what {@link Option} says, and what its type says. */
public final class OptionSpec {

  /** What a component without annotation says. */
  private record Plain(@Option int component) {}

  private static final Option NOTHING_SAID =
      Objects.requireNonNull(Plain.class.getRecordComponents()[0].getAnnotation(Option.class));

  private final String name;
  private final String key;
  private final Option option;
  private final Type type;
  private final boolean isNullable;
  private final Method accessor;
  private final Rule rule;
  private final @Nullable Form<Object> form;
  private final @Nullable Object ownFallback;

  /**
   * What a component says.
   *
   * @param ownFallback stands before the default that the component names; null for that one
   */
  OptionSpec(RecordComponent component, @Nullable Object ownFallback) {
    Option said = component.getAnnotation(Option.class);
    this.option = said == null ? NOTHING_SAID : said;
    this.name = component.getName();
    this.key = option.key().isEmpty() ? snakeCase(name) : option.key();
    this.type = component.getGenericType();
    this.isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    this.accessor = component.getAccessor();
    this.accessor.setAccessible(true);
    Class<?> raw = Values.rawType(type);
    boolean isReal =
        raw == Double.class || raw == Float.class || type.getTypeName().contains("lang.Double");
    this.rule = new Rule(option, !isReal, isNullable);
    this.form = form(option);
    this.ownFallback = ownFallback;
  }

  /** The component's name in Java. */
  public String name() {
    return name;
  }

  /** The component's class, that of primitives in its boxed form. */
  public Class<?> type() {
    return Values.rawType(type);
  }

  /** The key in text. */
  public String key() {
    return key;
  }

  /** Other names of the key. */
  public List<String> aliases() {
    return List.of(option.aliases());
  }

  /** What the option means, for the page of keys. */
  public String meaning() {
    return option.meaning();
  }

  /** The default as a file would say it; null where a value has to be given. */
  public @Nullable String shownFallback() {
    if (ownFallback != null) {
      return String.valueOf(written(ownFallback));
    }
    if (option.fallback().equals(Option.REQUIRED)) {
      return isNullable ? "" : null;
    }
    return rule.broken(fallback()) == null ? option.fallback() : null;
  }

  /** What values are: {@code a whole number}. */
  public String typeWords() {
    return form == null ? Values.words(type) : form.words();
  }

  /** The rule of the values, empty for none. */
  public String ruleWords() {
    return rule.words();
  }

  /** The component's value. */
  public @Nullable Object value(Record record) {
    try {
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record + " hides " + name, e);
    }
  }

  /** Whether the component stands in text. */
  public boolean isInText() {
    return option.inText();
  }

  /** Whether there is a default, which may be null. */
  public boolean hasFallback() {
    return isNullable || ownFallback != null || !option.fallback().equals(Option.REQUIRED);
  }

  /** The default; null if there is none. */
  @Nullable Object fallback() {
    if (ownFallback != null) {
      return ownFallback;
    }
    if (option.fallback().equals(Option.REQUIRED)) {
      return null;
    }
    String text = option.fallback();
    ConfigValue value =
        Values.rawType(type) == String.class && form == null
            ? ConfigValueFactory.fromAnyRef(text)
            : hocon(text);
    Section section = Section.of(ConfigFactory.empty().withValue(key, value).root());
    Object read = read(section, key, value);
    section.finish();
    return read;
  }

  /** The fault of a key that is missing. */
  String missingWords() {
    String which = Values.rawType(type).isEnum() ? "is " + typeWords() : rule.words();
    return which.isEmpty() ? "is missing" : "is missing; it " + which;
  }

  /**
   * Stands in for a value that is missing or faulty, so that checks can go on; null if none can.
   */
  @Nullable Object standIn() {
    Class<?> raw = Values.rawType(type);
    if (raw == Integer.class) {
      return 0;
    }
    if (raw == Long.class) {
      return 0L;
    }
    if (raw == Double.class) {
      return 0.0;
    }
    if (raw == Float.class) {
      return 0f;
    }
    if (raw == List.class) {
      return List.of();
    }
    return raw == Boolean.class ? (Object) false : raw == String.class ? "" : null;
  }

  /** The value at a key of a section; null after a fault. */
  @Nullable Object read(Section section, String at, ConfigValue value) {
    return form == null ? Values.read(section, at, value, type) : form.read(section, at, value);
  }

  /** Whether the value says that there is none, which null is in Java. */
  boolean isNone(ConfigValue value) {
    String none = form == null ? null : form.none();
    return none != null && none.equals(value.unwrapped());
  }

  /** What is wrong with a value, null if nothing is. */
  @Nullable String broken(@Nullable Object value) {
    return rule.broken(value);
  }

  /** The component's value as text has it, null for null. */
  @Nullable Object write(Record record) {
    Object value = value(record);
    return value != null ? written(value) : form == null ? null : form.none();
  }

  private @Nullable Object written(Object value) {
    return form == null ? Values.write(value) : form.write(value);
  }

  private static ConfigValue hocon(String text) {
    try {
      return Objects.requireNonNull(
          ConfigFactory.parseString("value = " + text).root().get("value"));
    } catch (ConfigException e) {
      throw new IllegalStateException("the default %s is no HOCON".formatted(text), e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an option's form is of its component's type
  private static @Nullable Form<Object> form(Option option) {
    if (option.form() == Form.class) {
      return null;
    }
    try {
      var constructor = option.form().getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Form<Object>) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(option.form() + " needs a constructor without parameters", e);
    }
  }

  static String snakeCase(String name) {
    return name.replaceAll("([a-z])([A-Z0-9])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
