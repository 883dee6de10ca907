package io.rankline.feature.transform;

import io.rankline.text.Option;
import io.rankline.text.Texts;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a text says of a {@link CustomTransform}. */
record CustomText(
    @Option(key = "class", meaning = "name of a class on the class path") String className,
    @Option(
            fallback = "{}",
            form = Texts.class,
            meaning = "what its constructor is given, a Map<String, String>")
        SortedMap<String, String> options) {

  static CustomText of(CustomTransform transform) {
    return new CustomText(transform.getClass().getName(), new TreeMap<>(transform.options()));
  }

  /**
   * The transform.
   *
   * @throws IllegalArgumentException if there is none of that class, or it refuses the options
   */
  CustomTransform make() {
    Object made;
    try {
      made = construct(Class.forName(className, true, loader()));
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(
          "transform %s refuses its options %s: %s"
              .formatted(className, options, cause.getMessage()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "no transform %s; a class on the classpath is needed, with a public constructor without"
                  .formatted(className)
              + " parameters or with one Map of options",
          e);
    }
    if (made instanceof CustomTransform transform) {
      return transform;
    }
    throw new IllegalArgumentException(
        "%s must implement %s".formatted(className, CustomTransform.class.getName()));
  }

  private Object construct(Class<?> type) throws ReflectiveOperationException {
    for (Constructor<?> constructor : type.getConstructors()) {
      Class<?>[] takes = constructor.getParameterTypes();
      if (takes.length == 1 && takes[0] == Map.class) {
        return constructor.newInstance(options);
      }
    }
    if (!options.isEmpty()) {
      throw new NoSuchMethodException("a constructor with one Map");
    }
    return type.getConstructor().newInstance();
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? CustomText.class.getClassLoader() : context;
  }
}
