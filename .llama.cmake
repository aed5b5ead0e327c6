# CMake includes this once llama.cpp's project has begun (see CMAKE_ARGS in the Makefile). Its common library, chat
# templates and downloads for its own programs, is more than half of the compiling, and the library that is loaded here
# needs nothing of it; llama-cpp-python switches it on so firmly that no option switches it off.
set(LLAMA_BUILD_COMMON OFF)
