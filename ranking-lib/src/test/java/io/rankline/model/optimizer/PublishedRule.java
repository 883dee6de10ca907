package io.rankline.model.optimizer;

import io.rankline.model.optimizer.rule.AdadeltaRule;
import io.rankline.model.optimizer.rule.AdagradRule;
import io.rankline.model.optimizer.rule.AdamRule;
import io.rankline.model.optimizer.rule.AdamaxRule;
import io.rankline.model.optimizer.rule.LionRule;
import io.rankline.model.optimizer.rule.NadamRule;
import io.rankline.model.optimizer.rule.RmspropRule;
import io.rankline.model.optimizer.rule.SgdRule;
import io.rankline.model.optimizer.rule.UpdateRule;

/** Keras's optimizers for one parameter, in plain doubles: the oracle of the update rules. */
abstract class PublishedRule {

  /** The change of the parameter in step {@code t}, from 1. */
  abstract double change(double g, double lr, int t);

  static PublishedRule of(UpdateRule rule) {
    return switch (rule.key()) {
      case SGD -> sgd((SgdRule) rule);
      case RMSPROP -> rmsprop((RmspropRule) rule);
      case ADAM, ADAMW -> adam((AdamRule) rule);
      case ADADELTA -> adadelta((AdadeltaRule) rule);
      case ADAGRAD -> adagrad((AdagradRule) rule);
      case ADAMAX -> adamax((AdamaxRule) rule);
      case NADAM -> nadam((NadamRule) rule);
      case LION -> lion((LionRule) rule);
    };
  }

  private static PublishedRule sgd(SgdRule o) {
    return new PublishedRule() {
      double velocity;

      @Override
      double change(double g, double lr, int t) {
        velocity = o.momentum() * velocity - lr * g;
        return o.nesterov() ? o.momentum() * velocity - lr * g : velocity;
      }
    };
  }

  private static PublishedRule rmsprop(RmspropRule o) {
    return new PublishedRule() {
      double square;
      double average;
      double momentum;

      @Override
      double change(double g, double lr, int t) {
        square = o.rho() * square + (1 - o.rho()) * g * g;
        average = o.rho() * average + (1 - o.rho()) * g;
        double variance = o.centered() ? square - average * average : square;
        momentum = o.momentum() * momentum + lr * g / Math.sqrt(variance + o.epsilon());
        return -momentum;
      }
    };
  }

  private static PublishedRule adam(AdamRule o) {
    return new PublishedRule() {
      double m;
      double v;
      double largest;

      @Override
      double change(double g, double lr, int t) {
        m += (g - m) * (1 - o.beta1());
        v += (g * g - v) * (1 - o.beta2());
        largest = Math.max(largest, v);
        double alpha = lr * Math.sqrt(1 - Math.pow(o.beta2(), t)) / (1 - Math.pow(o.beta1(), t));
        return -m * alpha / (Math.sqrt(o.amsgrad() ? largest : v) + o.epsilon());
      }
    };
  }

  private static PublishedRule adadelta(AdadeltaRule o) {
    return new PublishedRule() {
      double squares;
      double deltas;

      @Override
      double change(double g, double lr, int t) {
        squares = o.rho() * squares + (1 - o.rho()) * g * g;
        double delta = -Math.sqrt(deltas + o.epsilon()) * g / Math.sqrt(squares + o.epsilon());
        deltas = o.rho() * deltas + (1 - o.rho()) * delta * delta;
        return lr * delta;
      }
    };
  }

  private static PublishedRule adagrad(AdagradRule o) {
    return new PublishedRule() {
      double squares = o.initialAccumulatorValue();

      @Override
      double change(double g, double lr, int t) {
        squares += g * g;
        return -lr * g / Math.sqrt(squares + o.epsilon());
      }
    };
  }

  private static PublishedRule adamax(AdamaxRule o) {
    return new PublishedRule() {
      double m;
      double u;

      @Override
      double change(double g, double lr, int t) {
        m += (g - m) * (1 - o.beta1());
        u = Math.max(o.beta2() * u, Math.abs(g));
        return -lr * m / ((1 - Math.pow(o.beta1(), t)) * (u + o.epsilon()));
      }
    };
  }

  private static PublishedRule nadam(NadamRule o) {
    return new PublishedRule() {
      double m;
      double v;
      double product = 1;

      @Override
      double change(double g, double lr, int t) {
        double now = o.beta1() * (1 - 0.5 * Math.pow(0.96, t));
        double next = o.beta1() * (1 - 0.5 * Math.pow(0.96, t + 1));
        product *= now;
        m += (g - m) * (1 - o.beta1());
        v += (g * g - v) * (1 - o.beta2());
        double mHat = next * m / (1 - product * next) + (1 - now) * g / (1 - product);
        double vHat = v / (1 - Math.pow(o.beta2(), t));
        return -mHat * lr / (Math.sqrt(vHat) + o.epsilon());
      }
    };
  }

  private static PublishedRule lion(LionRule o) {
    return new PublishedRule() {
      double m;

      @Override
      double change(double g, double lr, int t) {
        double change = -lr * Math.signum(m * o.beta1() + g * (1 - o.beta1()));
        m = m * o.beta2() + g * (1 - o.beta2());
        return change;
      }
    };
  }
}
