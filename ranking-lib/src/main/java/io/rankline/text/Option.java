package io.rankline.text;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a record is in text: its default, its rule and its meaning. Files, builders,
 * constructors ({@link Faults#in}) and the page of all keys take them from here.
 *
 * <p>The key is the component's name in snake_case. Numbers of {@code least}, {@code above}, {@code
 * most} and {@code below} hold for a number, for each of several values.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Option {

  /** Stands for no default. */
  String REQUIRED = "\0";

  /** One sentence for the page of keys, without a full stop. */
  String meaning() default "";

  /**
   * The default as a file would say it. Without one, a nullable component is null by default and
   * any other has to be given. A default that breaks the rule makes a value that has to be given,
   * too.
   */
  String fallback() default REQUIRED;

  /** The key, if it is not the component's name in snake_case. */
  String key() default "";

  /** Former or other names of the key. */
  String[] aliases() default {};

  /** The smallest value. */
  double least() default Double.NEGATIVE_INFINITY;

  /** What values must lie above. */
  double above() default Double.NEGATIVE_INFINITY;

  /** The largest value. */
  double most() default Double.POSITIVE_INFINITY;

  /** What values must lie below. */
  double below() default Double.POSITIVE_INFINITY;

  /** The rule in other words than those that the numbers make: {@code must lie in [0, 1)}. */
  String words() default "";

  /** The rule of a text that must not be blank, or of several values of which there must be one. */
  String filled() default "";

  /** Whether the component stands in text; what does not is set in Java alone. */
  boolean inText() default true;

  /** How the value is read and written, if its type does not say it. */
  @SuppressWarnings("rawtypes") // an annotation cannot name the type of its component
  Class<? extends Form> form() default Form.class;
}
