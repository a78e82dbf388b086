/* jquery */
window.jQuery=window.jQuery||function(){};
