package io.rankline.loss;

import io.rankline.loss.click.ClickEmLoss;
import io.rankline.loss.click.IpwPairwiseLogisticLoss;
import io.rankline.loss.click.IpwSigmoidCrossEntropyLoss;
import io.rankline.loss.click.IpwSoftmaxLoss;
import io.rankline.loss.click.PositionBias;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.DcgV2LambdaWeight;
import io.rankline.loss.lambda.LabelDiffLambdaWeight;
import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.lambda.LambdaLossWeight;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.loss.lambda.PrecisionLambdaWeight;
import io.rankline.loss.lambda.YetiDcgLambdaWeight;
import io.rankline.loss.listwise.CalibratedSoftmaxLoss;
import io.rankline.loss.listwise.CircleLoss;
import io.rankline.loss.listwise.CoupledRankDistilLoss;
import io.rankline.loss.listwise.ListMleLoss;
import io.rankline.loss.listwise.MixtureEmLoss;
import io.rankline.loss.listwise.PolyOneSoftmaxLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.listwise.UniqueSoftmaxLoss;
import io.rankline.loss.pairwise.LambdaLoss;
import io.rankline.loss.pairwise.PairwiseHingeLoss;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.loss.pairwise.PairwiseMseLoss;
import io.rankline.loss.pairwise.PairwiseSoftZeroOneLoss;
import io.rankline.loss.pointwise.MeanSquaredLoss;
import io.rankline.loss.pointwise.MultiClassLoss;
import io.rankline.loss.pointwise.OrdinalLoss;
import io.rankline.loss.pointwise.SigmoidCrossEntropyLoss;
import io.rankline.loss.sampling.GumbelApproxNdcgLoss;
import io.rankline.loss.sampling.GumbelNeuralSortCrossEntropyLoss;
import io.rankline.loss.sampling.GumbelNeuralSortNdcgLoss;
import io.rankline.loss.sampling.GumbelSampler;
import io.rankline.loss.sampling.YetiLogisticLoss;
import io.rankline.loss.smooth.ApproxMrrLoss;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import io.rankline.loss.smooth.NeuralNdcgLoss;
import io.rankline.loss.smooth.NeuralSortCrossEntropyLoss;
import io.rankline.loss.smooth.NeuralSortNdcgLoss;
import org.junit.jupiter.api.Nested;

/** The contract, kept by every loss and by the variants that parameters make of it. */
class AllLossesTest {

  private static final GumbelSampler SAMPLER = new GumbelSampler(2, 0.9, 11L);
  private static final PositionBias BIAS = new PositionBias(1, 0.5, 0.25);

  /** A tolerance that stops no iteration, so that differences see one function. */
  private static final double NEVER = Double.MIN_VALUE;

  @Nested
  class PairwiseHinge implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseHingeLoss();
    }
  }

  @Nested
  class PairwiseLogistic implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseLogisticLoss(0.7, null);
    }
  }

  @Nested
  class PairwiseLogisticWithLambdaRank implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseLogisticLoss(1, DcgLambdaWeight.ndcg().withTopn(3).withSmoothFraction(1));
    }
  }

  @Nested
  class PairwiseLogisticWithMixedLambda implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseLogisticLoss(1, DcgLambdaWeight.dcg().withSmoothFraction(0.25));
    }
  }

  @Nested
  class PairwiseLogisticWithDcgV2 implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseLogisticLoss(1, DcgV2LambdaWeight.ndcg().withTopn(3));
    }
  }

  @Nested
  class PairwiseLogisticWithDoubtfulGrades implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseLogisticLoss(0.7, null, 0.2);
    }
  }

  @Nested
  class PairwiseLogisticWithDoubtfulGradesAndLambda implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseLogisticLoss(1, DcgV2LambdaWeight.ndcg().withTopn(3), 0.1);
    }
  }

  @Nested
  class PairwiseSoftZeroOne implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseSoftZeroOneLoss(0.5, new LabelDiffLambdaWeight());
    }
  }

  @Nested
  class PairwiseMse implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseMseLoss();
    }
  }

  @Nested
  class PairwiseMseWithPrecision implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PairwiseMseLoss(1, new PrecisionLambdaWeight(3));
    }
  }

  @Nested
  class YetiLogistic implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new YetiLogisticLoss(0.5, YetiDcgLambdaWeight.DEFAULT, SAMPLER);
    }
  }

  @Nested
  class Softmax implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new SoftmaxLoss(0.5, null);
    }
  }

  @Nested
  class SoftmaxWithLambda implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new SoftmaxLoss(1, DcgLambdaWeight.ndcg());
    }
  }

  @Nested
  class SmoothedSoftmax implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new SoftmaxLoss(0.5, null, 0.2);
    }
  }

  @Nested
  class SmoothedSoftmaxWithLambda implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new SoftmaxLoss(1, DcgLambdaWeight.ndcg(), 0.3);
    }
  }

  @Nested
  class CalibratedSoftmax implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new CalibratedSoftmaxLoss(0.3, 1, null);
    }
  }

  @Nested
  class CalibratedSoftmaxWithLambda implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new CalibratedSoftmaxLoss(0.3, 1, DcgLambdaWeight.dcg());
    }
  }

  @Nested
  class PolyOneSoftmax implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PolyOneSoftmaxLoss(0.8, 0.6, null);
    }
  }

  @Nested
  class SmoothedPolyOneSoftmax implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new PolyOneSoftmaxLoss(0.8, 0.6, null, 0.1);
    }
  }

  @Nested
  class UniqueSoftmax implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new UniqueSoftmaxLoss(0.9);
    }
  }

  @Nested
  class SigmoidCrossEntropy implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new SigmoidCrossEntropyLoss(0.5);
    }
  }

  @Nested
  class MeanSquared implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new MeanSquaredLoss();
    }
  }

  @Nested
  class Ordinal implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new OrdinalLoss(3);
    }
  }

  @Nested
  class OrdinalWithDoubtfulGrades implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new OrdinalLoss(3, false, 0.5, 0.2);
    }
  }

  @Nested
  class OrdinalWithFractions implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new OrdinalLoss(2, true, 0.5);
    }
  }

  @Nested
  class MultiClassOfLogits implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new MultiClassLoss(9, true, 0.1, 0.5);
    }
  }

  @Nested
  class MultiClassOfProbabilities implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new MultiClassLoss(8);
    }

    @Override
    public double score(double random) {
      return 0.05 + Math.abs(random);
    }
  }

  @Nested
  class ListMle implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new ListMleLoss();
    }
  }

  @Nested
  class PositionAwareListMle implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new ListMleLoss(0.5, ListMleLambdaWeight.positionAware(8));
    }
  }

  @Nested
  class ApproxNdcg implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new ApproxNdcgLoss(0.3);
    }
  }

  @Nested
  class ApproxMrr implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new ApproxMrrLoss(0.3);
    }
  }

  @Nested
  class GumbelApproxNdcg implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new GumbelApproxNdcgLoss(0.5, SAMPLER);
    }
  }

  @Nested
  class NeuralSortCrossEntropy implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new NeuralSortCrossEntropyLoss();
    }
  }

  @Nested
  class GumbelNeuralSortCrossEntropy implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new GumbelNeuralSortCrossEntropyLoss(1, SAMPLER);
    }
  }

  @Nested
  class NeuralSortNdcg implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new NeuralSortNdcgLoss(0.9);
    }
  }

  @Nested
  class GumbelNeuralSortNdcg implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new GumbelNeuralSortNdcgLoss(1, SAMPLER);
    }
  }

  @Nested
  class Circle implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new CircleLoss(4, 0.1);
    }

    @Override
    public boolean differencesShowTheGradient() {
      return false;
    }
  }

  @Nested
  class ClickEm implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new ClickEmLoss(0.5, 2, 0.7);
    }

    @Override
    public boolean differencesShowTheGradient() {
      return false;
    }
  }

  @Nested
  class MixtureEm implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new MixtureEmLoss(3, 0.5);
    }

    @Override
    public boolean differencesShowTheGradient() {
      return false;
    }
  }

  @Nested
  class MixtureEmOfOneModel implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new MixtureEmLoss(1);
    }
  }

  @Nested
  class CoupledRankDistil implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new CoupledRankDistilLoss(4, 3, 0.8, 7L);
    }

    @Override
    public boolean treatsPositionsAlike() {
      return false;
    }
  }

  @Nested
  class RankNet implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new LambdaLoss(LambdaLossScheme.RANK_NET);
    }
  }

  @Nested
  class LambdaRank implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new LambdaLoss(new LambdaLossWeight(LambdaLossScheme.LAMBDA_RANK, 10, 4), 2);
    }
  }

  @Nested
  class NdcgLoss1 implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new LambdaLoss(LambdaLossScheme.NDCG_LOSS1);
    }
  }

  @Nested
  class NdcgLoss2 implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new LambdaLoss(LambdaLossScheme.NDCG_LOSS2);
    }
  }

  @Nested
  class NdcgLoss2PlusPlus implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new LambdaLoss(LambdaLossScheme.NDCG_LOSS2PP);
    }
  }

  @Nested
  class NeuralNdcg implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new NeuralNdcgLoss(0.8, 5, true, 0, 0.1, true, null, 20, NEVER);
    }
  }

  @Nested
  class StochasticNeuralNdcg implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new NeuralNdcgLoss(1, 8, false, 3, 0.2, false, 5L, 20, NEVER);
    }

    @Override
    public boolean treatsPositionsAlike() {
      return false;
    }
  }

  @Nested
  class StochasticNeuralNdcgOfLogScores implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new NeuralNdcgLoss(1, 8, true, 3, 0.2, true, 5L, 20, NEVER);
    }

    @Override
    public boolean treatsPositionsAlike() {
      return false;
    }
  }

  @Nested
  class IpwSigmoidCrossEntropy implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new IpwSigmoidCrossEntropyLoss(BIAS);
    }
  }

  @Nested
  class IpwPairwiseLogistic implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new IpwPairwiseLogisticLoss(BIAS);
    }
  }

  @Nested
  class IpwSoftmax implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new IpwSoftmaxLoss(BIAS);
    }
  }

  @Nested
  class Custom implements RankingLossContract {
    @Override
    public RankingLoss loss() {
      return new DotProductLoss();
    }
  }
}
