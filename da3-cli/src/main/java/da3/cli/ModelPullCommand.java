package da3.cli;

import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.weights.hub.HubId;
import da3.weights.hub.HubSettings;
import da3.weights.hub.PublishedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Download of a model from the hub into its cache. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = {
            "Downloads a model from the Hugging Face hub into its cache and verifies the files.",
            "Environment variables: HF_HOME, HF_HUB_CACHE, HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE, HTTPS_PROXY, HTTP_PROXY "
                    + "and NO_PROXY."
        })
final class ModelPullCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "ID",
            defaultValue = ModelMixin.DEFAULT,
            description = "Hub id: OWNER/NAME or OWNER/NAME@REVISION. Default: ${DEFAULT-VALUE}.")
    private String id;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        HubId model = HubId.parse(id);
        HubSettings hub = ModelSource.hub();
        PublishedModel.of(model).filter(PublishedModel::nonCommercial).ifPresent(published -> {
            err.println("da3: the weights of " + model + " are under "
                    + published.license().spdx() + ": not for commercial use");
            err.flush();
        });
        out.println(ModelMixin.pull(new ModelReference.OnHub(model), hub, err));
        out.flush();
        return 0;
    }
}
