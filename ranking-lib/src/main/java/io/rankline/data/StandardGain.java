package io.rankline.data;

/** The gains that have a name. */
enum StandardGain implements Gain {
  EXPONENTIAL {
    @Override
    public double of(double label) {
      return Math.pow(2, label) - 1;
    }
  },
  IDENTITY {
    @Override
    public double of(double label) {
      return label;
    }
  }
}
