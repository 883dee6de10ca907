package io.rankline.config.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Where the values of some trials lie: a density that can be drawn from. */
interface ValueDensity {

  /** A value, as text. */
  String draw(SplittableRandom random);

  /** The density at a value, above 0. */
  double of(String value);

  /** Shares of the values of a list, each counted once more than it is there. */
  static ValueDensity ofValues(List<String> all, List<String> seen) {
    double[] shares = new double[all.size()];
    Arrays.fill(shares, 1);
    for (String value : seen) {
      shares[all.indexOf(value)]++;
    }
    double sum = all.size() + seen.size();
    return new ValueDensity() {
      @Override
      public String draw(SplittableRandom random) {
        double left = random.nextDouble() * sum;
        int v = 0;
        while (v < shares.length - 1 && left >= shares[v]) {
          left -= shares[v++];
        }
        return all.get(v);
      }

      @Override
      public double of(String value) {
        return shares[all.indexOf(value)] / sum;
      }
    };
  }

  /** A bell around each number's place in the range, and the whole range once. */
  static ValueDensity ofRange(ParameterRange range, List<String> seen) {
    double[] centres = seen.stream().mapToDouble(range::place).sorted().toArray();
    NormalDistribution[] bells = new NormalDistribution[centres.length];
    double least = 1.0 / Math.min(100, centres.length + 2);
    for (int i = 0; i < centres.length; i++) {
      double below = centres[i] - (i == 0 ? 0 : centres[i - 1]);
      double above = (i + 1 == centres.length ? 1 : centres[i + 1]) - centres[i];
      bells[i] = NormalDistribution.of(centres[i], Math.max(least, Math.max(below, above)));
    }
    return new ValueDensity() {
      @Override
      public String draw(SplittableRandom random) {
        int drawn = random.nextInt(bells.length + 1);
        if (drawn == bells.length) {
          return range.draw(random);
        }
        NormalDistribution bell = bells[drawn];
        double place;
        do {
          place = bell.getMean() + bell.getStandardDeviation() * random.nextGaussian();
        } while (place < 0 || place > 1);
        return range.at(place);
      }

      @Override
      public double of(String value) {
        double place = range.place(value);
        double sum = 1;
        for (NormalDistribution bell : bells) {
          sum += bell.density(place);
        }
        return sum / (bells.length + 1);
      }
    };
  }
}
