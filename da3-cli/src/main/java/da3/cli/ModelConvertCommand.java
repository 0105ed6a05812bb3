package da3.cli;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Conversion of a model to another precision or number of files. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Converts a model to safetensors files, in another precision or in shards.")
final class ModelConvertCommand implements Callable<Integer> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KB|MB|GB)");

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "Cached hub id, folder, file, da3-tiny, or seeded:PRESET.")
    private String model;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "Folder, which also receives a config.json, or .safetensors file.")
    private Path target;

    @Mixin
    private ConversionMixin conversion;

    @Option(
            names = "--max-shard-size",
            paramLabel = "SIZE",
            description = "Maximum size of a file, for instance 2GB. Default: one file.")
    private String maxShardSize;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ModelConversion.write(model, target, conversion.options(maxShardBytes()), spec.commandLine());
        return 0;
    }

    private OptionalLong maxShardBytes() {
        if (maxShardSize == null) {
            return OptionalLong.empty();
        }
        Matcher size = SIZE.matcher(maxShardSize.strip().toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw Check.invalid(
                    "--max-shard-size", "a number and KB, MB or GB, for instance 2GB", "'" + maxShardSize + "'");
        }
        long unit =
                switch (size.group(2)) {
                    case "KB" -> 1_000L;
                    case "MB" -> 1_000_000L;
                    default -> 1_000_000_000L;
                };
        return OptionalLong.of(Long.parseLong(size.group(1)) * unit);
    }
}
