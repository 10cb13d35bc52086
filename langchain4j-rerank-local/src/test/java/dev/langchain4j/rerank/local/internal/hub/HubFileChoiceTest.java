package dev.langchain4j.rerank.local.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rerank.local.OnnxVariant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubFileChoiceTest {

    /** What cross-encoder/ms-marco-MiniLM-L-6-v2 publishes, as far as it matters. */
    private static final Set<String> PUBLISHED = Set.of(
            "README.md",
            "config.json",
            "model.safetensors",
            "onnx/model.onnx",
            "onnx/model_O1.onnx",
            "onnx/model_O2.onnx",
            "onnx/model_O3.onnx",
            "onnx/model_O4.onnx",
            "onnx/model_qint8_arm64.onnx",
            "onnx/model_qint8_avx512.onnx",
            "onnx/model_qint8_avx512_vnni.onnx",
            "onnx/model_quint8_avx2.onnx",
            "pytorch_model.bin",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json");

    @ParameterizedTest
    @CsvSource({
        "FP32, OTHER, onnx/model.onnx",
        "O1, AVX2, onnx/model_O1.onnx",
        "O2, AVX2, onnx/model_O2.onnx",
        "O3, AVX2, onnx/model_O3.onnx",
        "O4, AVX2, onnx/model_O4.onnx",
        "QUANTIZED, AVX512_VNNI, onnx/model_qint8_avx512_vnni.onnx",
        "QUANTIZED, AVX2, onnx/model_quint8_avx2.onnx",
        "QUANTIZED, ARM64, onnx/model_qint8_arm64.onnx"
    })
    void chooses_the_network_of_the_variant_for_the_cpu(OnnxVariant variant, CpuKind cpu, String network) {
        assertThat(HubFileChoice.onnx(variant, cpu).network(PUBLISHED)).isEqualTo(network);
    }

    @Test
    void takes_the_next_best_quantised_network() {
        // given
        HubFileChoice choice = HubFileChoice.onnx(OnnxVariant.QUANTIZED, CpuKind.AVX512_VNNI);

        // when, then
        assertThat(choice.network(Set.of("onnx/model_quint8_avx2.onnx", "onnx/model_quantized.onnx")))
                .isEqualTo("onnx/model_quint8_avx2.onnx");
        assertThat(choice.network(Set.of("model_quantized.onnx", "onnx/model_int8.onnx")))
                .isEqualTo("model_quantized.onnx");
    }

    @Test
    void never_takes_full_weights_for_quantised_ones() {
        assertThat(HubFileChoice.onnx(OnnxVariant.QUANTIZED, CpuKind.OTHER).missing(PUBLISHED))
                .containsExactly(
                        "onnx/model_quantized.onnx", "model_quantized.onnx", "onnx/model_int8.onnx", "model_int8.onnx");
    }

    @Test
    void wants_what_goes_with_the_network_first_and_the_network_last() {
        // given
        Set<String> names = Set.of(
                "config.json",
                "tokenizer.json",
                "onnx/model.onnx",
                "onnx/model.onnx_data",
                "onnx/model.onnx_data_1",
                "onnx/model.onnx.data",
                "onnx/model_fp16.onnx_data",
                "onnx/model.onnx_data/../../evil");

        // when
        List<String> files = HubFileChoice.onnx(OnnxVariant.FP32, CpuKind.AVX2).files(names);

        // then
        assertThat(files)
                .containsExactly(
                        "config.json",
                        "tokenizer.json",
                        "onnx/model.onnx.data",
                        "onnx/model.onnx_data",
                        "onnx/model.onnx_data_1",
                        "onnx/model.onnx");
    }

    @Test
    void takes_onnx_before_torchscript() {
        // given
        HubFileChoice choice =
                HubFileChoice.onnx(OnnxVariant.FP32, CpuKind.AVX2).orElse(HubFileChoice.torchScript());

        // when, then
        assertThat(choice.network(Set.of("model.pt", "model.onnx"))).isEqualTo("model.onnx");
        assertThat(choice.network(Set.of("model.pt"))).isEqualTo("model.pt");
    }

    @Test
    void misses_the_tokenizer_and_the_network() {
        // given
        HubFileChoice choice = HubFileChoice.torchScript();

        // when, then
        assertThat(choice.missing(Set.of("model.pt"))).containsExactly("tokenizer.json");
        assertThat(choice.missing(Set.of("tokenizer.json"))).containsExactly("model.pt");
        assertThat(choice.missing(Set.of("tokenizer.json", "model.pt"))).isEmpty();
    }

    @Test
    void relies_on_the_absence_of_what_it_would_have_taken() {
        // given
        HubFileChoice choice = HubFileChoice.onnx(OnnxVariant.FP32, CpuKind.AVX2);

        // when, then
        assertThat(choice.relyingOnAbsence(Set.of("tokenizer.json", "model.onnx", "config.json")))
                .containsExactly("tokenizer_config.json", "special_tokens_map.json", "onnx/model.onnx");
        assertThat(choice.relyingOnAbsence(PUBLISHED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, fpu avx2 avx512f avx512_vnni, AVX512_VNNI",
        "x86_64, fpu avx2 avx512f, AVX2",
        "amd64, '', AVX2",
        "aarch64, fp asimd, ARM64",
        "arm64, '', ARM64",
        "riscv64, '', OTHER"
    })
    void knows_a_cpu_by_architecture_and_flags(String architecture, String flags, CpuKind cpu) {
        assertThat(CpuKind.of(architecture, Set.of(flags.split(" ", -1)))).isEqualTo(cpu);
    }

    @Test
    void takes_further_files_where_they_are() {
        HubFileChoice choice = HubFileChoice.onnx(OnnxVariant.FP32, CpuKind.AVX2)
                .with(List.of("1_Dense/config.json", "2_Dense/config.json"));
        Set<String> names = Set.of("tokenizer.json", "model.onnx", "1_Dense/config.json");

        assertThat(choice.files(names)).containsExactly("1_Dense/config.json", "tokenizer.json", "model.onnx");
        assertThat(choice.relyingOnAbsence(names))
                .contains("2_Dense/config.json")
                .doesNotContain("1_Dense/config.json");
    }
}
