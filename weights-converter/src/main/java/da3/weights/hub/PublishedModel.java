package da3.weights.hub;

import da3.nn.Preset;
import java.util.Arrays;
import java.util.Optional;

/**
 * The checkpoints that were published with the paper. Nothing of them is part of this software: each comes under the
 * license named here.
 *
 * <p>Source: reference README.md, model cards; the parameters are counted over the tensors of each preset.
 */
public enum PublishedModel {
    DA3NESTED_GIANT_LARGE_1_1(
            "DA3NESTED-GIANT-LARGE-1.1", Preset.DA3NESTED_GIANT_LARGE, 1_689_845_519L, License.CC_BY_NC_4_0),
    DA3NESTED_GIANT_LARGE("DA3NESTED-GIANT-LARGE", Preset.DA3NESTED_GIANT_LARGE, 1_689_845_519L, License.CC_BY_NC_4_0),
    DA3_GIANT_1_1("DA3-GIANT-1.1", Preset.DA3_GIANT, 1_355_674_125L, License.CC_BY_NC_4_0),
    DA3_GIANT("DA3-GIANT", Preset.DA3_GIANT, 1_355_674_125L, License.CC_BY_NC_4_0),
    DA3_LARGE_1_1("DA3-LARGE-1.1", Preset.DA3_LARGE, 410_941_767L, License.CC_BY_NC_4_0),
    DA3_LARGE("DA3-LARGE", Preset.DA3_LARGE, 410_941_767L, License.CC_BY_NC_4_0),
    DA3_BASE("DA3-BASE", Preset.DA3_BASE, 135_366_599L, License.APACHE_2_0),
    DA3_SMALL("DA3-SMALL", Preset.DA3_SMALL, 34_299_463L, License.APACHE_2_0),
    DA3METRIC_LARGE("DA3METRIC-LARGE", Preset.DA3METRIC_LARGE, 334_171_394L, License.APACHE_2_0),
    DA3MONO_LARGE("DA3MONO-LARGE", Preset.DA3MONO_LARGE, 334_171_394L, License.APACHE_2_0);

    /** Under which terms a checkpoint may be used. */
    public enum License {
        APACHE_2_0("Apache-2.0"),
        CC_BY_NC_4_0("CC-BY-NC-4.0");

        private final String spdx;

        License(String spdx) {
            this.spdx = spdx;
        }

        /** As in the SPDX list. */
        public String spdx() {
            return spdx;
        }
    }

    private final HubId id;
    private final Preset preset;
    private final long parameters;
    private final License license;

    PublishedModel(String name, Preset preset, long parameters, License license) {
        this.id = new HubId("depth-anything", name, HubId.MAIN);
        this.preset = preset;
        this.parameters = parameters;
        this.license = license;
    }

    /** Empty for a model by somebody else; the revision does not matter. */
    public static Optional<PublishedModel> of(HubId id) {
        return Arrays.stream(values())
                .filter(model -> model.id.withRevision(id.revision()).equals(id))
                .findFirst();
    }

    public HubId id() {
        return id;
    }

    public Preset preset() {
        return preset;
    }

    /** Those that are stored; what tensors share is counted once. */
    public long parameters() {
        return parameters;
    }

    /** About what a download takes: the parameters as 32-bit floats. */
    public long approximateBytes() {
        return Float.BYTES * parameters;
    }

    public License license() {
        return license;
    }

    /** Whether the weights may not be used commercially. */
    public boolean nonCommercial() {
        return license == License.CC_BY_NC_4_0;
    }
}
