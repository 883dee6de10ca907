package io.rankline.model.kernel.block;

/**
 * How batch norm's running mean and variance follow those of the batches.
 *
 * <pre>
 *   running += share * (batch - running)
 *   share    = 1 - momentum, corrected: (1 - momentum) / (1 - momentum^n) in the n-th step
 * </pre>
 *
 * <p>Corrected, the first batch takes the place of the values that the network was made with, and
 * what follows is the mean of all batches so far, the later ones weighing more: the same as Adam's
 * division by {@code 1 - beta^n}. Uncorrected, a share of {@code momentum^n} of the network's first
 * values is left after n steps.
 *
 * @param momentum in (0, 1): how much a step keeps
 * @param corrected whether what the average began with counts nothing
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam, ICLR 2015, section 3</a>
 */
public record RunningAverage(double momentum, boolean corrected) {

  /**
   * The share of a batch.
   *
   * @param iteration number of steps before, from 0
   */
  double share(int iteration) {
    double share = 1 - momentum;
    return corrected ? share / (1 - Math.pow(momentum, iteration + 1.0)) : share;
  }
}
