package da3.cli;

import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.onnx.OnnxExport;
import da3.onnx.OnnxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Export of a model to ONNX. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the networks of a model as an ONNX file for a fixed number and size of images.",
            "The first image is the reference view."
        })
final class ModelExportCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "Cached hub id, folder, file, da3-tiny, or seeded:PRESET.")
    private String model;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "File that ends in .onnx; weights beyond 2 GB are in TARGET.data.")
    private Path target;

    @Option(
            names = "--views",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of images. Default: ${DEFAULT-VALUE}.")
    private int views;

    @Option(
            names = "--size",
            paramLabel = "HxW",
            defaultValue = "378x504",
            description = "Height and width of the images, multiples of 14. Default: ${DEFAULT-VALUE}.")
    private String size;

    @Option(
            names = "--outputs",
            paramLabel = "LIST",
            defaultValue = "",
            description = "Comma-separated outputs: depth, camera, rays, gaussians. Default: all outputs of the model.")
    private String outputs;

    @Option(names = "--cameras", description = "Add an input for given cameras.")
    private boolean cameras;

    @Option(
            names = "--int8",
            description = "Quantize linear maps to 8-bit integers, their inputs at run time (dynamic quantization).")
    private boolean int8;

    @Option(names = "--overwrite", description = "Replace existing files.")
    private boolean overwrite;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        SizeOption images = SizeOption.parse(size);
        OnnxOptions options = new OnnxOptions(
                views,
                images.height(),
                images.width(),
                OutputList.parse(outputs),
                cameras,
                int8 ? OnnxOptions.Quantization.DYNAMIC_INT8 : OnnxOptions.Quantization.NONE,
                overwrite);
        try (ModelSource source = ModelSource.open(ModelReference.parse(model), ModelSource.hub())) {
            source.notices().forEach(notice -> err.println("da3: " + notice));
            err.flush();
            List<Path> files = OnnxExport.write(source.config(), source.weights(), options, target);
            files.forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
