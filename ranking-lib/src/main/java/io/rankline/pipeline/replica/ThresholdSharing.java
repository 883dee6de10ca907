package io.rankline.pipeline.replica;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ResidualPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ThresholdAlgorithm;

/**
 * Updates that are cut to plus or minus a threshold, and sent only where they have grown that
 * large: little traffic, other results. Each replica runs its own gradient through its own updater,
 * adds the update to what it has not sent so far (its residual), and sends {@code sign(r) * t}
 * wherever {@code |r| >= t}; the parameters of all replicas move by the mean of what was sent.
 *
 * <pre>
 *   r_i += u_i;   s_i = t_i * sign(r_i) * [|r_i| >= t_i];   r_i -= s_i;   w -= sum_i (n_i / n) * s_i
 * </pre>
 *
 * where {@code n_i / n} is the replica's part of what the loss divides by. Algorithms and what they
 * do to residuals are DL4J's. Unlike in DL4J's own training master, all replicas take what was sent
 * in a step in that step, so they stay equal, and updates are averaged and not added up, so that a
 * learning rate means what it means with {@link ExactSharing}.
 *
 * @param algorithm chooses the threshold of every step, for each replica
 * @param residuals what is done to residuals after a step, such as keeping them small
 * @param threshold last used, mean over replicas; NaN before the first step
 * @param sparsity part of the values that was sent at it, between 0 and 1, mean over replicas; NaN
 *     before the first step
 * @see <a href="https://doi.org/10.21437/Interspeech.2015-354">Strom, Scalable distributed DNN
 *     training using commodity GPU cloud computing, Interspeech 2015</a>
 */
public record ThresholdSharing(
    ThresholdAlgorithm algorithm,
    ResidualPostProcessor residuals,
    double threshold,
    double sparsity)
    implements GradientSharing {

  private static final String THRESHOLD = "threshold";
  private static final String SPARSITY = "sparsity";

  /** Before the first step. */
  public ThresholdSharing(ThresholdAlgorithm algorithm, ResidualPostProcessor residuals) {
    this(algorithm, residuals, Double.NaN, Double.NaN);
  }

  @Override
  public Map<String, Double> state() {
    return Double.isNaN(threshold) || Double.isNaN(sparsity)
        ? Map.of()
        : Map.of(THRESHOLD, threshold, SPARSITY, sparsity);
  }

  @Override
  public StepExchange exchange(ComputationGraph graph, ReplicaGroup group, LossShare share) {
    return new ThresholdExchange(graph, group, share, this);
  }

  @Override
  public ThresholdSharing at(Map<String, Double> state) {
    return new ThresholdSharing(
        algorithm,
        residuals,
        state.getOrDefault(THRESHOLD, Double.NaN),
        state.getOrDefault(SPARSITY, Double.NaN));
  }

  /** Without what residual rules have for names, which is none. */
  @Override
  public String toString() {
    return "updates cut by %s, residuals by %s"
        .formatted(algorithm, residuals.getClass().getSimpleName());
  }
}
