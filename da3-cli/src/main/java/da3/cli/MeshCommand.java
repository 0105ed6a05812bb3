package da3.cli;

import da3.core.DepthAnything3;
import da3.core.Request;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.check.Check;
import da3.geometry.fusion.MeshComponents;
import da3.geometry.fusion.TsdfOptions;
import da3.geometry.fusion.TsdfVolume;
import da3.io.ExportDirectory;
import da3.io.Glb;
import da3.io.Images;
import da3.io.Ply;
import da3.io.PlyFormat;
import da3.io.SceneNpz;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fusion of all views into one mesh. */
@Command(name = "mesh", mixinStandardHelpOptions = true, description = "Fuses the depth of all views into one mesh.")
final class MeshCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "INPUT",
            description =
                    "Image, folder of images, or results.npz of the formats npz and mini_npz, which requires no model.")
    private Path input;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "mesh.glb",
            description = "Mesh file, .glb or .ply. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--voxel-size",
            paramLabel = "LENGTH",
            description =
                    "Side of a voxel in the unit of the scene (meters for metric models). Default: 1/256 of the extent "
                            + "of the scene.")
    private Double voxelSize;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--truncation",
            paramLabel = "LENGTH",
            description = "Truncation distance around surfaces, 1 to 32 voxels. Default: 4 voxels.")
    private Double truncation;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--max-depth",
            paramLabel = "LENGTH",
            description = "Maximum depth of pixels to use. Default: none.")
    private Double maxDepth;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--min-component",
            paramLabel = "N",
            defaultValue = "100",
            description = "Minimum number of triangles of a connected component. Default: ${DEFAULT-VALUE}.")
    private int minComponent;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--max-bytes",
            paramLabel = "N",
            description = "Maximum memory for voxels in bytes. Default: 3 GiB.")
    private Long maxBytes;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(names = "--overwrite", description = "Replace the mesh of an earlier run.")
    private boolean overwrite;

    @Mixin
    private ResolutionMixin resolution;

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of every random draw. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private ModelMixin model = new ModelMixin(ModelMixin.DEFAULT);

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        requireValid();
        Scene scene = scene(err);
        TsdfOptions options = options(voxelSize == null ? TsdfOptions.forScene(scene) : TsdfOptions.of(voxelSize));
        if (voxelSize == null) {
            err.printf(
                    Locale.ROOT,
                    "da3: voxel size %.3g, 1/%d of the extent of the scene; set another with --voxel-size%n",
                    options.voxelSize(),
                    TsdfOptions.VOXELS_ACROSS);
        }
        TsdfVolume volume = TsdfVolume.fuse(scene, options);
        TriangleMesh mesh = MeshComponents.of(volume.extractMesh()).atLeast(minComponent);
        err.printf(
                Locale.ROOT,
                "da3: %s, %.1f MB of voxels, %d vertices, %d triangles%n",
                Plural.of(scene.views().size(), "view"),
                volume.bytes() / 1e6,
                mesh.vertexCount(),
                mesh.triangleCount());
        err.flush();
        if (mesh.triangleCount() == 0) {
            throw new IllegalArgumentException("no surface of at least " + minComponent
                    + " triangles was found with voxels of " + options.voxelSize()
                    + ", and nothing was written: use larger voxels, a larger truncation or a smaller --min-component");
        }
        if (isPly()) {
            Ply.write(mesh, out, PlyFormat.BINARY_LITTLE_ENDIAN);
        } else {
            Glb.writeMesh(mesh, out);
        }
        spec.commandLine().getOut().println(out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** Checks the options before anything is computed. */
    private void requireValid() throws IOException {
        if (!isPly() && !out.toString().toLowerCase(Locale.ROOT).endsWith(".glb")) {
            throw Check.invalid("--out", "a name that ends in .glb or .ply", out);
        }
        if (Files.isDirectory(out) || Files.exists(out) && !overwrite) {
            throw new FileAlreadyExistsException(
                    out.toString(), null, "already exists; use --overwrite to replace a file");
        }
        Check.atLeast("--min-component", 0, minComponent);
        if (voxelSize != null) {
            options(TsdfOptions.of(voxelSize));
        }
        ExportDirectory.open(out.toAbsolutePath().getParent());
    }

    private boolean isPly() {
        return out.toString().toLowerCase(Locale.ROOT).endsWith(".ply");
    }

    private TsdfOptions options(TsdfOptions defaults) {
        TsdfOptions options = truncation == null ? defaults : defaults.withTruncation(truncation);
        options = maxDepth == null ? options : options.withMaxDepth(maxDepth);
        options = maxBytes == null ? options : options.withMaxBytes(maxBytes);
        return options.withThreads(engine.options().threads());
    }

    private Scene scene(PrintWriter err) throws IOException {
        if (input.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
            return SceneNpz.read(input);
        }
        List<Image> images = new ArrayList<>();
        if (Files.isDirectory(input)) {
            for (InputImage image : ImagesCommand.images(input)) {
                images.add(image.source().read());
            }
        } else {
            images.add(Images.read(input));
        }
        Request request = Request.of(images)
                .withOptions(o ->
                        o.weightsHash(false).resolution(resolution.resolution()).seed(seed));
        try (TerminalProgress progress = new TerminalProgress(err);
                DepthAnything3 depthAnything = model.load(engine.options(), err)) {
            return depthAnything.predict(request, progress).scene();
        }
    }
}
