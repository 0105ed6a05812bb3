package da3.train.mode.student;

import da3.nn.BackboneConfig;
import da3.nn.Engine;
import da3.nn.NetworkTensors;
import da3.nn.QueriesKeys;
import da3.nn.Tensor;
import da3.train.config.AttentionSettings;
import da3.train.config.ContrastiveSettings;
import da3.train.objective.AttentionObjective;
import da3.train.objective.ContrastiveObjective;
import da3.train.objective.StudentTruth;
import java.util.Map;
import java.util.Set;

/**
 * Objectives on tensors inside the network, which make attention match views early in a run: one on the tokens of the
 * last block within views, one on the attention of the first block across views. Their weights fall to 0.
 */
final class AuxiliaryObjectives {

    private final BackboneConfig backbone;
    private final ContrastiveSettings contrastive;
    private final AttentionSettings attention;
    private final int acrossViews; // the first block across views

    AuxiliaryObjectives(BackboneConfig backbone, ContrastiveSettings contrastive, AttentionSettings attention) {
        this.backbone = backbone;
        this.contrastive = contrastive;
        this.attention = attention;
        int block = 1;
        while (block < backbone.depth() - 1 && !backbone.acrossViews(block)) {
            block++;
        }
        this.acrossViews = block;
    }

    /** Returns no objectives. */
    static AuxiliaryObjectives none(BackboneConfig backbone) {
        return new AuxiliaryObjectives(backbone, ContrastiveSettings.NONE, AttentionSettings.NONE);
    }

    /** Returns the blocks whose tokens these objectives need at a step. */
    Set<Integer> featureLayers(long step) {
        return contrastive.weight().at(step) > 0 ? Set.of(acrossViews - 1) : Set.of();
    }

    /** Returns the blocks whose queries and keys these objectives need at a step. */
    Set<Integer> attentionLayers(long step) {
        return attention.weight().at(step) > 0 ? Set.of(acrossViews) : Set.of();
    }

    /**
     * Evaluates the objectives.
     *
     * @param cotangents receives gradients by tensor
     * @param terms receives values by name; the names are the same at all steps of a run, so that a log has one set of
     *     columns
     * @return the weighted sum
     */
    double evaluate(
            long step,
            Engine engine,
            StudentTruth truth,
            NetworkTensors out,
            Map<Tensor, float[]> cotangents,
            Map<String, Double> terms) {
        int rows = truth.rows() / backbone.patchSize();
        int columns = truth.columns() / backbone.patchSize();
        double total = 0;
        if (contrastive.weight().isEnabled()) {
            double weight = contrastive.weight().at(step);
            terms.put("contrastive", 0.0);
            terms.put("matched", 0.0);
            if (weight > 0) {
                Tensor tokens = out.features().get(acrossViews - 1);
                ContrastiveObjective.Result result = new ContrastiveObjective(contrastive.temperature())
                        .evaluate(truth, engine.download(tokens), rows, columns);
                cotangents.put(tokens, scaled(result.gradient(), weight));
                terms.put("contrastive", result.loss());
                terms.put("matched", result.accuracy());
                total += weight * result.loss();
            }
        }
        if (attention.weight().isEnabled()) {
            double weight = attention.weight().at(step);
            terms.put("attention", 0.0);
            terms.put("attended", 0.0);
            if (weight > 0) {
                QueriesKeys block = out.attention().get(acrossViews);
                AttentionObjective.Result result = new AttentionObjective(attention.heads())
                        .evaluate(
                                truth,
                                engine.download(block.queries()),
                                engine.download(block.keys()),
                                backbone.numHeads(),
                                rows,
                                columns);
                cotangents.put(block.queries(), scaled(result.queries(), weight));
                cotangents.put(block.keys(), scaled(result.keys(), weight));
                terms.put("attention", result.loss());
                terms.put("attended", result.share());
                total += weight * result.loss();
            }
        }
        return total;
    }

    private static float[] scaled(float[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) factor;
        }
        return values;
    }
}
