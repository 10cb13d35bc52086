package dev.langchain4j.rerank.local.internal.hub;

import dev.langchain4j.rerank.local.OnnxVariant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The choice of the files of a model that an engine needs, by the names of all files.
 *
 * @param networks names of the file with the network, the best first
 * @param optional names of files that are used if they exist
 */
record HubFileChoice(List<String> networks, List<String> optional) {

    private static final List<String> OPTIONAL =
            List.of(ModelFiles.CONFIG, "tokenizer_config.json", "special_tokens_map.json");

    // weights beyond protobuf's 2 GB are stored beside the graph: model.onnx_data, model.onnx_data_1, model.onnx.data
    private static final Pattern EXTERNAL_DATA = Pattern.compile("[._]data[\\w.-]*");

    HubFileChoice {
        networks = List.copyOf(networks);
        optional = List.copyOf(optional);
    }

    static HubFileChoice onnx(OnnxVariant variant, CpuKind cpu) {
        return new HubFileChoice(
                stems(variant, cpu).stream()
                        .flatMap(stem -> Stream.of("onnx/" + stem + ".onnx", stem + ".onnx"))
                        .toList(),
                OPTIONAL);
    }

    /** Returns the names of the ONNX file without folder and extension, the best first. */
    private static List<String> stems(OnnxVariant variant, CpuKind cpu) {
        return switch (variant) {
            case FP32 -> List.of("model");
            case FP16 -> List.of("model_fp16");
            case QUANTIZED -> cpu.quantizedStems();
            case O1, O2, O3, O4 -> List.of("model_" + variant);
        };
    }

    static HubFileChoice torchScript() {
        return new HubFileChoice(List.of(ModelFiles.TORCHSCRIPT), OPTIONAL);
    }

    HubFileChoice orElse(HubFileChoice other) {
        return new HubFileChoice(
                Stream.concat(networks.stream(), other.networks.stream()).toList(), optional);
    }

    /** Returns the same choice with further optional files. */
    HubFileChoice with(List<String> more) {
        return new HubFileChoice(
                networks, Stream.concat(optional.stream(), more.stream()).toList());
    }

    /** Returns the name of the file with the network, which must exist. */
    String network(Set<String> names) {
        return networks.stream().filter(names::contains).findFirst().orElseThrow();
    }

    /**
     * Returns the required names that are missing: one name, or several of which one is sufficient. Empty if nothing is
     * missing.
     */
    List<String> missing(Set<String> names) {
        if (!names.contains(ModelFiles.TOKENIZER)) {
            return List.of(ModelFiles.TOKENIZER);
        }
        return networks.stream().anyMatch(names::contains) ? List.of() : networks;
    }

    /** Returns the files to load, the network last: if it is there, all files are. */
    List<String> files(Set<String> names) {
        String network = network(names);
        Stream<String> small = Stream.concat(optional.stream(), Stream.of(ModelFiles.TOKENIZER))
                .filter(names::contains);
        Stream<String> large = Stream.concat(
                names.stream().filter(name -> isDataOf(network, name)).sorted(), Stream.of(network));
        return Stream.concat(small, large).toList();
    }

    /**
     * Returns the names whose absence this choice relies on: optional files that do not exist, and better networks that
     * do not exist. If each is known not to exist, a request to the hub cannot change the choice.
     */
    Set<String> relyingOnAbsence(Set<String> names) {
        Set<String> absent = new LinkedHashSet<>(optional);
        networks.stream().takeWhile(name -> !names.contains(name)).forEach(absent::add);
        absent.removeAll(names);
        return absent;
    }

    private static boolean isDataOf(String network, String name) {
        return name.startsWith(network)
                && EXTERNAL_DATA.matcher(name.substring(network.length())).matches();
    }
}
