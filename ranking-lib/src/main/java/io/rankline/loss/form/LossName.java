package io.rankline.loss.form;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a loss in configuration, logs and results; TF-Ranking's where it has one. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LossName {

  /** As {@code softmax_loss}. */
  String value();
}
