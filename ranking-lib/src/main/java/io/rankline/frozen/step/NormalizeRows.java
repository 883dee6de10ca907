package io.rankline.frozen.step;

/**
 * Every row by its own mean and variance: layer normalisation.
 *
 * @param gain [width]
 * @param bias [width]
 * @param epsilon added to the variance
 */
public record NormalizeRows(Value input, float[] gain, float[] bias, double epsilon)
    implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    float[] x = evaluation.of(input);
    int width = input.width();
    for (int at = 0; at < evaluation.rows(input.axis()) * width; at += width) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        sum += x[at + j];
      }
      double mean = sum / width;
      double squares = 0;
      for (int j = 0; j < width; j++) {
        double off = x[at + j] - mean;
        squares += off * off;
      }
      double factor = 1 / Math.sqrt(squares / width + epsilon);
      for (int j = 0; j < width; j++) {
        out[at + j] = (float) ((x[at + j] - mean) * factor * gain[j] + bias[j]);
      }
    }
  }
}
